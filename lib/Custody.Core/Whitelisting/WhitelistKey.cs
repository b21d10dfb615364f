using Custody.Core.Encoding;

namespace Custody.Core.Whitelisting;

/// <summary>An entry's partition in storage and its orchestration's instance id; it follows from the entry's id.</summary>
public static class WhitelistKey
{
    /// <summary>Derives it: <c>e</c> and 32 hex digits.</summary>
    public static string Of(string entryId) => "e" + DomainDigest.Hex("custody/whitelist-key/v1", System.Text.Encoding.UTF8.GetBytes(entryId))[..32];
}
