using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Custody.Cli.Roles;

namespace Custody.Testing.App;

/// <summary>The signer and the sender as processes of their own, with what <c>custody roles</c> writes for them; each can be killed and started again.</summary>
public sealed class RunningRoles : IAsyncDisposable
{
    private readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> _settings;
    private readonly Dictionary<string, ChildProcess> _processes = new(StringComparer.Ordinal);

    private RunningRoles(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> settings, Uri signer, Uri sender) =>
        (_settings, Signer, Sender) = (settings, signer, sender);

    /// <summary>Where the signer is called.</summary>
    public Uri Signer { get; }

    /// <summary>Where the sender is called.</summary>
    public Uri Sender { get; }

    /// <summary>Everything that a role printed since it was last started.</summary>
    public string Output(string role) => _processes[role].Output;

    /// <summary>A role's settings.</summary>
    public IReadOnlyDictionary<string, string> Settings(string role) => _settings[role];

    /// <summary>Divides a system's settings.</summary>
    public static RunningRoles Of(string home, IReadOnlyDictionary<string, string> settings, DateTimeOffset now)
    {
        var ports = FreePort.Take(2);
        var (signer, sender) = (new Uri($"https://127.0.0.1:{ports[0]}/"), new Uri($"https://127.0.0.1:{ports[1]}/"));
        var written = RoleFiles.Write(home, settings, signer, sender, now, TimeSpan.FromDays(1)) ?? throw new InvalidOperationException("The accounts have no keys.");
        return new RunningRoles(written, signer, sender);
    }

    /// <summary>Starts a role and waits until it answers the pipeline.</summary>
    public async Task StartAsync(string role)
    {
        _processes[role] = ChildProcess.Start($"the {role}", "dotnet", [Path.Combine(AppContext.BaseDirectory, "Custody.Functions.dll")], _settings[role]);
        using var http = Client(_settings["pipeline"]["Custody__Roles__CertificateFile"], _settings["pipeline"]["Custody__Roles__KeyFile"]);
        await _processes[role].WaitUntilAsync(
            async () =>
            {
                try
                {
                    using var reply = await http.GetAsync(new Uri(role == "signer" ? Signer : Sender, "health"));
                    return reply.IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            TimeSpan.FromSeconds(120));
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync(string role)
    {
        _processes[role].Kill();
        await _processes[role].DisposeAsync();
    }

    /// <summary>A client that shows a certificate, or none, and speaks to whoever answers.</summary>
    public static HttpClient Client(string? certificateFile, string? keyFile) => new(new SocketsHttpHandler
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            ClientCertificateContext = certificateFile is null ? null : SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(certificateFile, keyFile), null, offline: true),
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
        },
    });

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes.Values)
        {
            await process.DisposeAsync();
        }
    }
}
