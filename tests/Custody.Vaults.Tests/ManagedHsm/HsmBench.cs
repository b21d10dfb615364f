using System.Security.Cryptography;
using Azure.Core.Pipeline;
using Custody.Core.Vaults;
using Custody.Testing.ManagedHsm;
using Custody.Vaults.ManagedHsm;
using Custody.Vaults.Pkcs11;
using Custody.Vaults.Tests.Pkcs11;
using Xunit;

namespace Custody.Vaults.Tests.ManagedHsm;

/// <summary>A Managed HSM's double with one good vault key, and our client in front of it.</summary>
public sealed class HsmBench : IAsyncDisposable
{
    public const string Root = "the trust root's digest";
    public static readonly byte[] Digest = SHA256.HashData("what is to be signed"u8);
    private static readonly TimeSpan Attempt = TimeSpan.FromSeconds(20);

    private HsmBench(ManagedHsmServer server, ManagedHsmOptions options)
    {
        Server = server;
        Time = new SkippingTime(options.AttemptTimeout);
        server.Now = Time.GetUtcNow;
        Credential = new TestCredential(() => server.IssueToken(Permissions), Time);
        Options = options;
        Client = new ManagedHsmClient(options, Credential, Time, ClientLog, new HttpClientTransport(server.Handler()));
        Vault = new ManagedHsmVault(Client, Time, VaultLog);
        Key = AddVaultKey("hot");
    }

    public ManagedHsmServer Server { get; }

    public SkippingTime Time { get; }

    public TestCredential Credential { get; }

    /// <summary>What the next tokens permit.</summary>
    public HsmPermissions Permissions { get; set; } = HsmPermissions.Signer;

    public ManagedHsmOptions Options { get; }

    public ManagedHsmClient Client { get; }

    public ManagedHsmVault Vault { get; }

    public RecordingLogger<ManagedHsmClient> ClientLog { get; } = new();

    public RecordingLogger<ManagedHsmVault> VaultLog { get; } = new();

    /// <summary>A good vault key.</summary>
    public HsmKey Key { get; }

    public IEnumerable<(int EventId, string Text)> Logged => ClientLog.Entries.Concat(VaultLog.Entries);

    public static async Task<HsmBench> StartAsync(Func<ManagedHsmOptions, ManagedHsmOptions>? options = null)
    {
        var server = await ManagedHsmServer.StartAsync();
        var plain = new ManagedHsmOptions { HsmUri = server.Uri, AttemptTimeout = Attempt };
        return new HsmBench(server, options?.Invoke(plain) ?? plain);
    }

    public HsmKey AddVaultKey(string name, string curve = "P-256K") => Server.AddKey(
        name, curve, (ManagedHsmKeyFacts.TrustRootTag, Root), (ManagedHsmKeyFacts.OriginTag, ManagedHsmKeyFacts.GeneratedInside));

    public Task<VaultSigning> SignAsync(string? keyId = null) => Vault.SignAsync(keyId ?? Key.Id, Digest, TestContext.Current.CancellationToken);

    public Task<VaultKeyReading> DescribeAsync(string? keyId = null) => Vault.DescribeAsync(keyId ?? Key.Id, TestContext.Current.CancellationToken);

    /// <summary>Signs, and asserts that what came is the key's signature over the digest.</summary>
    public async Task SignedAsync()
    {
        var signing = await SignAsync();
        Assert.True(signing is VaultSigning.Signed, signing.ToString());
        Assert.True(Key.Verify(Digest, ((VaultSigning.Signed)signing).Signature));
    }

    /// <summary>Asks for a signature, and asserts that there is none, with which fault.</summary>
    public async Task<string> NotSignedAsync(VaultFault fault, string? keyId = null)
    {
        var faulted = Assert.IsType<VaultSigning.Faulted>(await SignAsync(keyId));
        Assert.True(faulted.Fault == fault, $"{faulted.Fault}, not {fault}: {faulted.Detail}");
        AssertTellsNoSecret(faulted.Detail);
        return faulted.Detail;
    }

    public async Task<string> NotDescribedAsync(VaultFault fault, string? keyId = null)
    {
        var faulted = Assert.IsType<VaultKeyReading.Faulted>(await DescribeAsync(keyId));
        Assert.True(faulted.Fault == fault, $"{faulted.Fault}, not {fault}: {faulted.Detail}");
        AssertTellsNoSecret(faulted.Detail);
        return faulted.Detail;
    }

    /// <summary>Neither a token nor the digest is in the log or in <paramref name="text"/>.</summary>
    public void AssertTellsNoSecret(string text = "")
    {
        var told = string.Join('\n', Logged.Select(l => l.Text)) + text;
        string[] secrets = [.. Credential.Issued, Convert.ToHexStringLower(Digest), Core.Signatures.StrictBase64Url.Encode(Digest), Convert.ToBase64String(Digest)];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, told, StringComparison.OrdinalIgnoreCase));
    }

    public async ValueTask DisposeAsync() => await Server.DisposeAsync();
}
