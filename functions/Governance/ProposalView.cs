using Custody.Core.Governance;
using Custody.Core.Governance.Change;
using Custody.Core.Journals;

namespace Custody.Functions.Governance;

/// <summary>A proposed governance version, as the API shows it.</summary>
/// <param name="Version">Its number.</param>
/// <param name="Digest">Its digest, hex.</param>
/// <param name="Direction"><c>tightens</c> or <c>weakens</c>.</param>
/// <param name="ProposedAt">When its quorum was recorded.</param>
/// <param name="TakesEffectAt">The soonest that a weakening takes effect; absent for a tightening, which does at once.</param>
/// <param name="Changes">What it changes, each as a sentence.</param>
public sealed record ProposalView(
    int Version, string Digest, string Direction, DateTimeOffset? ProposedAt, DateTimeOffset? TakesEffectAt, IReadOnlyList<string> Changes)
{
    /// <summary>The view of a verified version.</summary>
    public static ProposalView Of(Governed next, StopView stops)
    {
        var weakens = next.Changes!.Direction == ChangeDirection.Weakens;
        return new ProposalView(
            next.Document.Version,
            next.Digest,
            weakens ? "weakens" : "tightens",
            stops.GovernanceProposedAt(next.Digest),
            weakens ? GovernanceInForce.TakesEffectAt(next, stops) : null,
            [.. next.Changes.Changes.Select(c => c.ToString())]);
    }
}
