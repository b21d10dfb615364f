using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Restoring;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Operators;

/// <summary>Rule: a freeze ends only when two different people sign that very freeze's thaw.</summary>
public static class ThawRule
{
    /// <summary>Verifies one half against the freeze in force.</summary>
    public static OperatorReading<ThawStatement> Verify(string compact, StopView stops, Governed governed, DateTimeOffset now)
    {
        var reading = OperatorStatement.Verify<ThawStatement>(
            compact, DocumentType.Thaw, s => (s.Version, s.OperatorId, s.SignedAt, s.ExpiresAt), governed, now);
        if (!reading.Verdict.IsAllowed)
        {
            return reading;
        }

        var statement = reading.Statement!;
        return !stops.FreezesInForce.TryGetValue(statement.Scope, out var freeze) || freeze.Sequence != statement.FreezeSequence
                || !RestoredRule.IsAbout(stops, freeze.Sequence, statement.SignedAt)
                ? Refused(RefusalCode.NotFrozen, "The freeze that the statement names is not in force.")
            : statement.Scope == FreezeScope.Platform && stops.Restores.FirstOrDefault(r => r.Statement.GovernanceVersion > stops.GovernanceVersion) is { } behind
                // Whoever governance removed since the copy was made could otherwise let go what was frozen because of it.
                ? Refused(RefusalCode.GovernanceDelayed, $"Storage was restored to before governance version {behind.Statement.GovernanceVersion}; nothing is thawed before that version is in force again.")
            : reading;
    }

    private static OperatorReading<ThawStatement> Refused(RefusalCode code, string detail) => new(Verdict.Refused(code, detail), null, null);

    /// <summary>Whether these halves, verified against the freeze in force, make a thaw.</summary>
    public static Verdict Together(IEnumerable<string> halves, StopView stops, Governed governed, DateTimeOffset now)
    {
        var people = halves.Select(h => Verify(h, stops, governed, now)).Where(r => r.Verdict.IsAllowed)
            .Select(r => r.Operator!.Person).Distinct(StringComparer.Ordinal).Count();
        return people >= 2 ? Verdict.Allowed : Verdict.Refused(RefusalCode.SecondSignatureNeeded, "A second operator must sign the thaw.");
    }
}
