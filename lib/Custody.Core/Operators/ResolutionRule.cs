using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;

namespace Custody.Core.Operators;

/// <summary>Rule: a hold is resolved only when two different people sign the same decision about that very hold.</summary>
public static class ResolutionRule
{
    /// <summary>Verifies one half against the withdrawal as it is.</summary>
    public static OperatorReading<ResolutionStatement> Verify(string compact, WithdrawalState state, Governed governed, DateTimeOffset now)
    {
        var reading = OperatorStatement.Verify<ResolutionStatement>(
            compact, DocumentType.Resolution, s => (s.Version, s.OperatorId, s.SignedAt, s.ExpiresAt), governed, now);
        if (!reading.Verdict.IsAllowed)
        {
            return reading;
        }

        var statement = reading.Statement!;
        return state.Status != WithdrawalStatus.Held || statement.WithdrawalId != state.Id || statement.Hold != state.Hold
                ? Refused(RefusalCode.NotHeld, $"The withdrawal is not in hold {statement.Hold}.")
            : statement.Attempt != state.Attempt ? Refused(RefusalCode.AttemptMismatch, $"The withdrawal is in attempt {state.Attempt}.")
            : statement.Action == ResolutionAction.Unknown ? Refused(RefusalCode.FieldInvalid, "The action must be resume, reject or nextAttempt.")
            : reading;
    }

    /// <summary>The decision that two different people signed, each person's newest valid word counting; Unknown while there is none.</summary>
    public static ResolutionAction Together(IEnumerable<string> halves, WithdrawalState state, Governed governed, DateTimeOffset now) =>
        halves.Select(h => Verify(h, state, governed, now)).Where(r => r.Verdict.IsAllowed)
            .GroupBy(r => r.Operator!.Person, StringComparer.Ordinal)
            .Select(person => person.MaxBy(r => r.Statement!.SignedAt))
            .GroupBy(r => r.Statement!.Action)
            .FirstOrDefault(g => g.Select(r => r.Operator!.Person).Distinct(StringComparer.Ordinal).Count() >= 2)?.Key ?? ResolutionAction.Unknown;

    private static OperatorReading<ResolutionStatement> Refused(RefusalCode code, string detail) => new(Verdict.Refused(code, detail), null, null);
}
