namespace Custody.Core.Governance;

/// <summary>Every document key that a governance document registers, with its holder.</summary>
public static class GovernanceKeys
{
    /// <summary>All of them, in the document's order.</summary>
    public static IReadOnlyList<KeyHolder> Of(GovernanceDocument document) =>
    [
        .. document.Governors.Members.Select(g => new KeyHolder(KeyRole.Governor, g.Id, g.Id, null, g.Key)),
        .. document.Clients.SelectMany(c => c.Keys.Select(k => new KeyHolder(KeyRole.Client, c.Id, c.Id, null, k))),
        .. document.Approvers.SelectMany(a => a.Devices.Select(d => new KeyHolder(d.WebAuthn is null ? KeyRole.ApproverDevice : KeyRole.ApproverCredential, a.Id, a.Person, d.Id, d.Key))),
        .. document.Operators.SelectMany(o => o.Keys.Select(k => new KeyHolder(KeyRole.Operator, o.Id, o.Person, null, k))),
        new KeyHolder(KeyRole.Comparison, "comparison", "comparison", null, document.ComparisonKey),
        .. document.Prices?.Sources.Select(s => new KeyHolder(KeyRole.PriceSource, s.Id, s.Id, null, s.Key)) ?? [],
    ];
}
