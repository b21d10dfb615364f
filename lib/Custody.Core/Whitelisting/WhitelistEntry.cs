using Custody.Core.Assets;
using Custody.Core.Encoding;

namespace Custody.Core.Whitelisting;

/// <summary>
/// One destination of one customer, signed by the client and by a quorum of approvers (typ
/// <c>custody-whitelist-entry+jws</c>); its activation and its end are in the stop journal.
/// </summary>
/// <param name="Version">Always 1.</param>
/// <param name="EntryId">The entry's id, unique and never reused.</param>
/// <param name="ClientId">The client.</param>
/// <param name="CustomerId">The one customer it serves.</param>
/// <param name="Chain">The chain.</param>
/// <param name="Address">The destination in the chain's canonical text form.</param>
/// <param name="Memo">Destination tag or memo, where the chain has one.</param>
/// <param name="Label">For people.</param>
/// <param name="CreatedAt">When it was written.</param>
public sealed record WhitelistEntry(
    int Version,
    string EntryId,
    string ClientId,
    string CustomerId,
    ChainId Chain,
    string Address,
    string? Memo,
    string Label,
    DateTimeOffset CreatedAt)
{
    /// <summary>The digest's domain.</summary>
    public const string Domain = "custody/whitelist-entry/v1";

    /// <summary>Digest of the canonical bytes, hex.</summary>
    public string Digest() => DomainDigest.Hex(Domain, CanonicalJson.Serialize(this));
}
