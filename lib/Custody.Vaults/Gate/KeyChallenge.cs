using System.Security.Cryptography;
using System.Text;
using Custody.Core.Encoding;

namespace Custody.Vaults.Gate;

/// <summary>
/// What a device signs to prove that it holds a key: the SHA-256 of <see cref="Domain"/>, a zero byte, the key's id, a zero byte,
/// the instant as text, a zero byte and 32 random bytes. It is no transaction's: an EVM chain signs a Keccak-256, and Bitcoin the
/// SHA-256 of a 32-byte SHA-256 (BIP-143), so one that is both would be a collision. The random bytes are drawn here, so nobody chooses
/// what is signed.
/// </summary>
public static class KeyChallenge
{
    /// <summary>The digest's domain.</summary>
    public const string Domain = "custody/challenge/v1";

    /// <summary>How many random bytes are in it.</summary>
    public const int RandomLength = 32;

    /// <summary>A challenge that was never made before.</summary>
    public static byte[] New(string keyId, DateTimeOffset at) => Of(keyId, at, RandomNumberGenerator.GetBytes(RandomLength));

    internal static byte[] Of(string keyId, DateTimeOffset at, ReadOnlySpan<byte> random) =>
        DomainDigest.Compute(Domain, [.. Encoding.UTF8.GetBytes(keyId), 0, .. Encoding.ASCII.GetBytes(InstantJsonConverter.Format(at)), 0, .. random]);
}
