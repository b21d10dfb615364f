using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Operators;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Amendments;

/// <summary>Rule: a fee bump is proposed by an operator, for this very intent, and allows more than it did.</summary>
public static class FeeBumpRule
{
    /// <summary>Verifies a proposal about an intent.</summary>
    public static OperatorReading<FeeBumpStatement> Verify(string compact, WithdrawalIntent parent, Governed governed, DateTimeOffset now)
    {
        var reading = OperatorStatement.Verify<FeeBumpStatement>(
            compact, DocumentType.FeeBump, s => (s.Version, s.OperatorId, s.SignedAt, s.ExpiresAt), governed, now);
        if (reading.Statement is not { } statement)
        {
            return reading;
        }

        return statement.Attempt != parent.Attempt ? Refused(RefusalCode.AttemptMismatch, $"The withdrawal is in attempt {parent.Attempt}.")
            : statement.WithdrawalId != parent.WithdrawalId || statement.ParentDigest != parent.Digest() ? Refused(RefusalCode.IntentMismatch, "The proposal is about another withdrawal or intent.")
            : statement.MaxTotal < parent.Fee.MaxTotal || statement.MaxRate < parent.Fee.MaxRate || statement.Envelope() == parent.Fee
                ? Refused(RefusalCode.FieldInvalid, $"A bump must allow more than the {parent.Fee.MaxTotal} in all and the {parent.Fee.MaxRate} for a unit of gas that are approved, and less of neither.")
            : reading;
    }

    private static OperatorReading<FeeBumpStatement> Refused(RefusalCode code, string detail) => new(Verdict.Refused(code, detail), null, null);
}
