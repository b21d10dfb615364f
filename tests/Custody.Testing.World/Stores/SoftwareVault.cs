using Custody.Core.Vaults;

namespace Custody.Testing.World;

/// <summary>A vault in memory that can be made to lie. Like a device, it never signs the same digest with the same bytes twice.</summary>
public sealed class SoftwareVault(VaultKey key, string trustRoot, Effects effects) : IVault
{
    /// <summary>What it says that it runs.</summary>
    public const string Firmware = "software 1";

    private int _asked;

    /// <summary>How often it was asked to sign.</summary>
    public int Asked => _asked;

    /// <summary>Every digest it was asked for, hex.</summary>
    public System.Collections.Concurrent.ConcurrentBag<string> Digests { get; } = [];

    /// <summary>What it says of its key.</summary>
    public VaultKeyReading Key { get; set; } = new VaultKeyReading.Found(new VaultKeyFacts(
        key.KeyId, trustRoot, key.PublicKey, Sensitive: true, NeverExtractable: true, GeneratedInside: true, Modifiable: false, SignOnly: true, Firmware));

    /// <summary>How it answers; null: as an honest device.</summary>
    public Func<byte[], VaultSigning>? Answer { get; set; }

    public VaultKeyFacts Facts => ((VaultKeyReading.Found)Key).Facts;

    public Task<VaultKeyReading> DescribeAsync(string keyId, CancellationToken cancellation) => effects.RunAsync("vault.describe", () => Key);

    public Task<VaultSigning> SignAsync(string keyId, ReadOnlyMemory<byte> digest, CancellationToken cancellation) => effects.RunAsync(
        "vault.sign",
        () =>
        {
            var salt = Interlocked.Increment(ref _asked);
            Digests.Add(Convert.ToHexStringLower(digest.Span));
            return Answer?.Invoke(digest.ToArray()) ?? new VaultSigning.Signed(key.Sign(digest.Span, highS: salt % 2 == 0, salt));
        });
}
