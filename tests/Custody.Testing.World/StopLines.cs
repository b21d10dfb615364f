using Custody.Core.Encoding;
using Custody.Core.Journals;

namespace Custody.Testing.World;

/// <summary>Makes stop journal lines from facts: all three days old, but the quorum of twenty minutes ago.</summary>
public static class StopLines
{
    public static DateTimeOffset At(StopFact fact) => fact.Kind == StopKind.QuorumReached ? CustodyWorld.Start.AddMinutes(-20) : CustodyWorld.Start.AddDays(-3);

    public static IReadOnlyList<StopEntry> Of(IEnumerable<StopFact> facts)
    {
        var lines = new List<StopEntry> { new(1, 0, CustodyWorld.Default.TrustRoot, CustodyWorld.Start.AddDays(-4), StopKind.Genesis, "", null, null, "custody init", []) };
        foreach (var fact in facts)
        {
            lines.Add(Next(lines[^1], fact, At(fact)));
        }

        return lines;
    }

    public static StopEntry Next(StopEntry last, StopFact fact, DateTimeOffset at) => new(
        1, last.Sequence + 1, JournalLine.Hash(CanonicalJson.Serialize(last)), at, fact.Kind, fact.Subject, fact.Attempt, fact.Digest, fact.Reason, fact.Evidence ?? [], fact.Code);

    public static StopView Fold(IEnumerable<StopFact> facts) => Of(facts).Aggregate(StopView.Empty, (view, line) => view.With(line));
}
