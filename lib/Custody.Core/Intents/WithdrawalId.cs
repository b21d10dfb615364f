using Custody.Core.Encoding;

namespace Custody.Core.Intents;

/// <summary>
/// The withdrawal's id, and its orchestration's instance id. It follows from who asked and what they called it, so the same
/// request can only ever be the same withdrawal.
/// </summary>
public static class WithdrawalId
{
    /// <summary>Derives the id: <c>w</c> and 32 hex digits.</summary>
    public static string Derive(string clientId, string requestId) =>
        "w" + DomainDigest.Hex("custody/withdrawal/v1", CanonicalJson.Serialize(new[] { clientId, requestId }))[..32];

    /// <summary>True for the form of a withdrawal id.</summary>
    public static bool IsValid(string? value) => value is { Length: 33 } && value[0] == 'w' && value.Skip(1).All(char.IsAsciiHexDigitLower);
}
