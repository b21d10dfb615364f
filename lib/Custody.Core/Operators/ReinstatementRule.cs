using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Restoring;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Operators;

/// <summary>Rule: a suspended device votes again only when two different people, neither of them its owner, sign that very suspension's end.</summary>
public static class ReinstatementRule
{
    /// <summary>Verifies one half against the suspension in force.</summary>
    public static OperatorReading<ReinstatementStatement> Verify(string compact, StopView stops, Governed governed, DateTimeOffset now)
    {
        var reading = OperatorStatement.Verify<ReinstatementStatement>(
            compact, DocumentType.Reinstatement, s => (s.Version, s.OperatorId, s.SignedAt, s.ExpiresAt), governed, now);
        if (!reading.Verdict.IsAllowed)
        {
            return reading;
        }

        var statement = reading.Statement!;
        return stops.SuspensionOf(statement.ApproverId, statement.DeviceId)?.Sequence != statement.SuspensionSequence
                || !RestoredRule.IsAbout(stops, statement.SuspensionSequence, statement.SignedAt)
                ? Refused(RefusalCode.DeviceNotSuspended, "The suspension that the statement names is not in force.")
            : governed.Document.Approvers.FirstOrDefault(a => a.Id == statement.ApproverId)?.Person == reading.Operator!.Person
                ? Refused(RefusalCode.CallerNotAllowed, "Nobody reinstates a device of their own.")
            : reading;
    }

    /// <summary>Whether these halves, verified against the suspension in force, make a reinstatement.</summary>
    public static Verdict Together(IEnumerable<string> halves, StopView stops, Governed governed, DateTimeOffset now)
    {
        var people = halves.Select(h => Verify(h, stops, governed, now)).Where(r => r.Verdict.IsAllowed)
            .Select(r => r.Operator!.Person).Distinct(StringComparer.Ordinal).Count();
        return people >= 2 ? Verdict.Allowed : Verdict.Refused(RefusalCode.SecondSignatureNeeded, "A second operator must sign the reinstatement.");
    }

    private static OperatorReading<ReinstatementStatement> Refused(RefusalCode code, string detail) => new(Verdict.Refused(code, detail), null, null);
}
