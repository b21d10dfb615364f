using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Operators;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Approvals;

/// <summary>
/// Rules of drills (SFC 25EC44, on training and no blind approval): what is planted, and what an answer shows. Who reads sees
/// the mismatch and rejects; who approves signed without reading.
/// </summary>
public static class DrillRule
{
    /// <summary>Verifies an operator's drill.</summary>
    public static OperatorReading<DrillStatement> Verify(string compact, Governed governed, DateTimeOffset now)
    {
        var reading = OperatorStatement.Verify<DrillStatement>(
            compact, DocumentType.Drill, s => (s.Version, s.OperatorId, s.SignedAt, s.ExpiresAt), governed, now);
        return reading.Verdict.IsAllowed && (reading.Statement!.Mismatch == DrillMismatch.Unknown || !WithdrawalId.IsValid(reading.Statement.WithdrawalId))
            ? new OperatorReading<DrillStatement>(Verdict.Refused(RefusalCode.FieldInvalid, "A drill needs a withdrawal to look like, and a mismatch of amount or destination."), null, null)
            : reading;
    }

    /// <summary>The drill's intent: the withdrawal's, under the drill's id, with the mismatch planted.</summary>
    public static WithdrawalIntent Plant(WithdrawalIntent basis, DrillStatement drill)
    {
        var planted = basis with { WithdrawalId = drill.DrillId(), Attempt = 1, ParentDigest = null, CreatedAt = drill.SignedAt, ExpiresAt = drill.ExpiresAt };
        return drill.Mismatch switch
        {
            DrillMismatch.Amount => planted with { Amount = basis.Amount * 10 },
            DrillMismatch.Destination => planted with { Destination = basis.Destination[..2] + Swap(basis.Destination[2..]) },
            _ => throw new ArgumentOutOfRangeException(nameof(drill), drill.Mismatch, "is not planted"),
        };

        // The middle differs and both ends stay: what an eye that compares ends does not see.
        static string Swap(string address) => string.Concat(address.Select((c, i) => i < 6 || i >= address.Length - 6 || !char.IsAsciiHexDigit(c) ? c : c == '7' ? '3' : '7'));
    }

    /// <summary>The answer in a vote on a drill: whose and what; null with a refusal when it does not count.</summary>
    public static VoteReading Read(string posted, StopEntry drill, Governed governed, DateTimeOffset now)
    {
        var (read, vote) = SignedVote.Read(posted, governed, now);
        if (vote is not { Statement: var answer })
        {
            return new VoteReading(read, null, null);
        }

        var verdict = answer.Version != 1 || answer.Decision == ApprovalDecision.Unknown
                ? Verdict.Refused(RefusalCode.BodyMalformed, "The statement has no known version and decision.")
            : answer.WithdrawalId != drill.Subject
                ? Verdict.Refused(RefusalCode.IntentMismatch, "The statement is about another withdrawal.")
            : answer.SignedAt > now + Jws.ClockSkew || now >= answer.ExpiresAt
                ? Verdict.Refused(RefusalCode.StatementExpired, "The statement has expired, or is from the future.")
            : Verdict.Allowed;
        return verdict.IsAllowed ? new VoteReading(verdict, answer, vote.Approver, vote.Assertion) : new VoteReading(verdict, null, null);
    }

    /// <summary>The statement that a drill's line carries; the line was verified before it was written.</summary>
    public static DrillStatement? StatementOf(StopEntry drill) =>
        drill.Evidence is [var compact] && SignedDocument.FromCompact(compact) is { } document
            ? CanonicalJson.Deserialize<DrillStatement>(document.PayloadBytes())
            : null;
}
