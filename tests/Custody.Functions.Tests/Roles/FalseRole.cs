using System.Net;
using Custody.Cli.Roles;
using Custody.Functions.Roles;
using Custody.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Custody.Functions.Tests.Roles;

/// <summary>A server that answers in a role's place, with whatever certificate and answer a test gives it.</summary>
internal sealed class FalseRole : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly WebApplication _app;
    private readonly RoleCertificates _server;
    private readonly RoleCertificates _client;

    private FalseRole(WebApplication app, RoleCertificates server, RoleCertificates client, Uri address, TemporaryFolder folder) =>
        (_app, _server, _client, Address, _folder) = (app, server, client, address, folder);

    public Uri Address { get; }

    /// <summary>Starts one that shows a certificate of <paramref name="role"/>, of the client's authority or of another.</summary>
    public static async Task<FalseRole> StartAsync(CustodyRole role, RequestDelegate answer, bool ofOurAuthority = true)
    {
        var folder = new TemporaryFolder();
        using var authority = new RoleAuthority(TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(1));
        using var other = new RoleAuthority(TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(1));
        var server = Certificates(folder, ofOurAuthority ? authority : other, role);
        var client = Certificates(folder, authority, CustodyRole.Pipeline);
        var port = FreePort.Take(1)[0];
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.UseHttps(tls =>
        {
            tls.ServerCertificate = server.Own;
            tls.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            tls.ClientCertificateValidation = (_, _, _) => true;
        })));
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return new FalseRole(app, server, client, new Uri($"https://127.0.0.1:{port}/"), folder);
    }

    /// <summary>The pipeline's client of the signer, or the sender, at this address.</summary>
    public RoleClient Client(CustodyRole role, TimeSpan? timeout = null) => new(role, Address, _client, timeout ?? TimeSpan.FromSeconds(20), NullLogger<RoleClient>.Instance);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _server.Dispose();
        _client.Dispose();
        _folder.Dispose();
    }

    private static RoleCertificates Certificates(TemporaryFolder folder, RoleAuthority authority, CustodyRole role)
    {
        var (certificate, key) = authority.Issue(RoleCertificates.Text(role));
        string Write(string name, string text)
        {
            var path = folder.Of($"{Guid.NewGuid():N}-{name}");
            File.WriteAllText(path, text);
            return path;
        }

        return new RoleCertificates(
            new RoleSetting(role, null, null, null, Write("certificate.pem", certificate), Write("key.pem", key), Write("authority.pem", authority.Pem)), TimeProvider.System);
    }
}
