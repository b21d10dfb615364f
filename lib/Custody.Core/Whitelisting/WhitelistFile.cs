using Custody.Core.Signatures;

namespace Custody.Core.Whitelisting;

/// <summary>A whitelist entry's file as it was read.</summary>
/// <param name="State">Where it is.</param>
/// <param name="Documents">Its signed statements by name, compact JWSs.</param>
/// <param name="Version">Names this reading; a change is committed only to the file as it was read.</param>
public sealed record WhitelistFile(WhitelistState State, IReadOnlyDictionary<string, string> Documents, string Version)
{
    /// <summary>The client's proposal, an attached compact JWS over the entry.</summary>
    public const string Proposal = "proposal";

    /// <summary>The beginning of the names of the approvers' signatures.</summary>
    public const string Approvals = "approval-";

    /// <summary>The name of an approver's signature: one for each, so that nobody counts twice.</summary>
    public static string Approval(string approverId) => Approvals + approverId;

    /// <summary>The beginning of the names of the statements that end a suspension.</summary>
    public static string Reinstatements(long suspension) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"reinstate-{suspension:D8}-");

    /// <summary>The name of an approver's statement that ends a suspension; one that expired is signed again as one of its own.</summary>
    public static string Reinstatement(long suspension, string approverId, string compact) =>
        $"{Reinstatements(suspension)}{approverId}-{Encoding.DomainDigest.Hex("custody/whitelist-statement/v1", System.Text.Encoding.ASCII.GetBytes(compact))[..16]}";

    /// <summary>The documents whose names begin with a prefix, in the order of their names.</summary>
    public IEnumerable<string> With(string prefix) =>
        Documents.Where(d => d.Key.StartsWith(prefix, StringComparison.Ordinal)).OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => d.Value);

    /// <summary>The entry with every signature that came in; null when the proposal is missing or no JWS.</summary>
    public SignedDocument? Signed() =>
        Documents.TryGetValue(Proposal, out var compact) && SignedDocument.FromCompact(compact) is { } proposal
            ? proposal with { Signatures = [.. proposal.Signatures, .. With(Approvals)] }
            : null;
}
