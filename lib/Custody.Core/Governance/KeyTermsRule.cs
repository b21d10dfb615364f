using System.Net;
using Custody.Core.Intents;
using Custody.Core.Signatures;

namespace Custody.Core.Governance;

/// <summary>Rule: a key's terms mean something: known scopes, CIDR ranges, a time that is not empty.</summary>
public static class KeyTermsRule
{
    /// <summary>The first problem as a sentence; null when there is none.</summary>
    public static string? Problem(RegisteredKey key) =>
        key.Terms is not { } terms ? null
        : terms.Scopes?.FirstOrDefault(s => !KeyScope.All.Contains(s)) is { } scope ? $"The key '{key.KeyId}' has the scope '{scope}', which is none of {string.Join(", ", KeyScope.All)}."
        : terms.IpRanges?.FirstOrDefault(r => !IPNetwork.TryParse(r, out _)) is { } range ? $"The key '{key.KeyId}' has the range '{range}', which is not one such as 203.0.113.0/24."
        : terms.NotBefore >= terms.NotAfter ? $"The key '{key.KeyId}' is never valid."
        : terms.Person is { } person && !Identifier.IsValid(person) ? $"The key '{key.KeyId}' is held by '{person}', which is not {Identifier.Form}."
        : null;

    /// <summary>True when a call may come from an address; an unknown one only where no ranges are set.</summary>
    public static bool Permits(RegisteredKey key, IPAddress? address)
    {
        if (key.Terms?.IpRanges is not { } ranges)
        {
            return true;
        }

        var own = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return own is not null && ranges.Any(r => IPNetwork.TryParse(r, out var network) && network.Contains(own));
    }
}
