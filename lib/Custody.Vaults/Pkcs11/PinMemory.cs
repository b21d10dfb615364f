using System.Security.Cryptography;
using Custody.Core.Vaults;

namespace Custody.Vaults.Pkcs11;

/// <summary>
/// Remembers, for the life of the process, which PINs tokens refused and accepted. Real tokens lock after three to ten wrong
/// tries, so neither a refused PIN nor another from the same source is offered again. Holds keyed hashes, not PINs.
/// </summary>
internal sealed class PinMemory
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly Dictionary<string, VaultFault> _refused = [];
    private readonly HashSet<string> _accepted = [];

    /// <summary>Held over asking this memory and the token, so that two pools do not both try a wrong PIN.</summary>
    public Lock Turn { get; } = new();

    /// <summary>How this token refused this PIN, or any PIN from <paramref name="source"/>; null if it did not.</summary>
    public VaultFault? Refusal(string tokenSerial, string source, Pkcs11Pin pin) =>
        _refused.TryGetValue(OfValue(tokenSerial, pin), out var fault) || _refused.TryGetValue(OfSource(tokenSerial, source), out fault)
            ? fault
            : null;

    /// <summary>The token refused it.</summary>
    public void Refused(string tokenSerial, string source, Pkcs11Pin pin, VaultFault fault) =>
        _refused[OfValue(tokenSerial, pin)] = _refused[OfSource(tokenSerial, source)] = fault;

    /// <summary>The token accepted it.</summary>
    public void Accepted(string tokenSerial, Pkcs11Pin pin) => _accepted.Add(OfValue(tokenSerial, pin));

    /// <summary>True if the token accepted it before.</summary>
    public bool WasAccepted(string tokenSerial, Pkcs11Pin pin) => _accepted.Contains(OfValue(tokenSerial, pin));

    private static string OfSource(string tokenSerial, string source) => $"source\n{tokenSerial}\n{source}";

    private string OfValue(string tokenSerial, Pkcs11Pin pin)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hash.AppendData(pin.Utf8);
        return $"value\n{tokenSerial}\n{Convert.ToHexString(hash.GetHashAndReset())}";
    }
}
