using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Custody.Testing.ManagedHsm;

/// <summary>
/// A double of a Managed HSM over TLS on loopback: get, attestation, sign and update of the Key Vault REST API with bearer challenges, and on
/// demand with every way in which the real one may fail. That it speaks the protocol is proved with Microsoft's own client.
/// </summary>
public sealed class ManagedHsmServer : IAsyncDisposable
{
    /// <summary>Its name; no resolver knows it (RFC 2606), so nothing can leave the machine.</summary>
    public const string HostName = "custody.managedhsm.test";

    /// <summary>What tokens for it are for: its domain, without its own name.</summary>
    public const string Resource = "https://managedhsm.test";

    /// <summary>The tenant that its challenges name.</summary>
    public const string Tenant = "11111111-2222-3333-4444-555555555555";

    /// <summary>The only version of the API that it speaks.</summary>
    public const string ApiVersion = "2025-07-01";

    private readonly WebApplication _app;
    private readonly X509Certificate2 _certificate;
    private readonly int _port;

    private ManagedHsmServer(WebApplication app, X509Certificate2 certificate)
    {
        _app = app;
        _certificate = certificate;
        _port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
    }

    /// <summary>Its URL.</summary>
    public Uri Uri => new($"https://{HostName}:{_port}");

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port => _port;

    /// <summary>The certificate, which is its own authority.</summary>
    public string CertificatePem => _certificate.ExportCertificatePem();

    /// <summary>What it answers to a request without a valid token.</summary>
    public string Challenge { get; set; } = $"""Bearer authorization="https://login.managedhsm.test/{Tenant}", resource="{Resource}" """.TrimEnd();

    /// <summary>Its clock, for keys that are not valid yet or no longer.</summary>
    public Func<DateTimeOffset> Now { get; set; } = () => TimeProvider.System.GetUtcNow();

    /// <summary>False: it answers without asking who is there.</summary>
    public bool AsksForToken { get; set; } = true;

    /// <summary>What it received, in order.</summary>
    public ConcurrentQueue<HsmRequest> Requests { get; } = new();

    internal ConcurrentDictionary<string, HsmPermissions> Tokens { get; } = new(StringComparer.Ordinal);

    internal ConcurrentDictionary<string, List<HsmKey>> Keys { get; } = new(StringComparer.Ordinal);

    internal ConcurrentDictionary<string, ConcurrentQueue<HsmTrick>> Tricks { get; } = new(StringComparer.Ordinal);

    /// <summary>Starts one on a free port.</summary>
    public static async Task<ManagedHsmServer> StartAsync()
    {
        var certificate = SelfSigned();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, l => l.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificate = certificate })));
        var app = builder.Build();
        HsmProtocol? protocol = null;
        app.Run(context => protocol!.ServeAsync(context));
        await app.StartAsync();
        var server = new ManagedHsmServer(app, certificate);
        protocol = new HsmProtocol(server);
        return server;
    }

    /// <summary>Adds a key version; the newest one is what a request without a version gets.</summary>
    public HsmKey AddKey(string name, string curve = "P-256K", params (string Name, string Value)[] tags)
    {
        var version = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var key = new HsmKey($"https://{HostName}:{_port}/keys/{name}/{version}", name, version, curve) { Tags = tags.ToDictionary(t => t.Name, t => t.Value) };
        Keys.GetOrAdd(name, _ => []).Add(key);
        return key;
    }

    /// <summary>Removes a key with all its versions.</summary>
    public void RemoveKey(string name) => Keys.TryRemove(name, out _);

    /// <summary>Issues a token; who knows it may do this much.</summary>
    public string IssueToken(HsmPermissions permissions)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        Tokens[token] = permissions;
        return token;
    }

    /// <summary>From now on no token that was issued counts.</summary>
    public void RevokeTokens() => Tokens.Clear();

    /// <summary>Plays tricks on the next authorised requests for an operation (get, attest, sign, update), one each.</summary>
    public void Play(string operation, params HsmTrick[] tricks)
    {
        foreach (var trick in tricks)
        {
            Tricks.GetOrAdd(operation, _ => new()).Enqueue(trick);
        }
    }

    /// <summary>How many authorised requests there were for an operation.</summary>
    public int Asked(string operation) => Requests.Count(r => r.Operation == operation && r.Authorized);

    /// <summary>A handler that reaches it, and nothing else, and trusts its certificate alone.</summary>
    public SocketsHttpHandler Handler() => new()
    {
        ConnectCallback = async (context, cancellation) =>
        {
            if (context.DnsEndPoint.Host != HostName)
            {
                throw new InvalidOperationException($"A test would have connected to {context.DnsEndPoint.Host}.");
            }

            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == _certificate.GetCertHashString(),
        },
    };

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        using (var at = new CancellationTokenSource(TimeSpan.FromSeconds(1)))
        {
            await _app.StopAsync(at.Token);
        }

        await _app.DisposeAsync();
        _certificate.Dispose();
        foreach (var key in Keys.Values.SelectMany(k => k))
        {
            key.Dispose();
        }
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={HostName}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(HostName);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
