namespace Custody.Testing.ManagedHsm;

/// <summary>A Managed HSM's double with all that a program needs that knows of no test: a way to its name, trust in its certificate, an identity.</summary>
public sealed class ManagedHsmSite : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LoopbackProxy _proxy;

    private ManagedHsmSite(ManagedHsmServer server, IdentityEndpoint identity)
    {
        (Server, Identity) = (server, identity);
        _proxy = LoopbackProxy.Start(ManagedHsmServer.HostName);
        File.WriteAllText(_folder.Of("ca.pem"), server.CertificatePem);
    }

    /// <summary>The HSM.</summary>
    public ManagedHsmServer Server { get; }

    /// <summary>The managed identity's endpoint.</summary>
    public IdentityEndpoint Identity { get; }

    /// <summary>The environment of a process that is to reach it.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["HTTPS_PROXY"] = _proxy.Url,
        ["SSL_CERT_FILE"] = _folder.Of("ca.pem"),
        ["IDENTITY_ENDPOINT"] = Identity.Url,
        ["IDENTITY_HEADER"] = Identity.Secret,
    };

    /// <summary>Starts one.</summary>
    public static async Task<ManagedHsmSite> StartAsync()
    {
        var server = await ManagedHsmServer.StartAsync();
        return new ManagedHsmSite(server, await IdentityEndpoint.StartAsync(server));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await Identity.DisposeAsync();
        await Server.DisposeAsync();
        _folder.Dispose();
    }
}
