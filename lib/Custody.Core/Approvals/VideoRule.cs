using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Operators;
using Custody.Core.Policy;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Approvals;

/// <summary>Rule: where the policy demands a video call, an operator who approved nothing here recorded it, about exactly this intent.</summary>
public static class VideoRule
{
    /// <summary>The longest reference, characters.</summary>
    public const int LongestReference = 200;

    /// <summary>Verifies one record.</summary>
    public static OperatorReading<VideoStatement> Verify(string compact, WithdrawalIntent intent, Governed governed, Clocks now)
    {
        var reading = OperatorStatement.Verify<VideoStatement>(
            compact, DocumentType.VideoConfirmation, s => (s.Version, s.OperatorId, s.SignedAt, s.ExpiresAt), governed, now);
        if (reading.Statement is not { } statement)
        {
            return reading;
        }

        return statement.Attempt != intent.Attempt ? Refused(RefusalCode.AttemptMismatch, $"The withdrawal is in attempt {intent.Attempt}.")
            : statement.WithdrawalId != intent.WithdrawalId || statement.IntentDigest != intent.Digest() ? Refused(RefusalCode.IntentMismatch, "The record is about another withdrawal or intent.")
            : string.IsNullOrWhiteSpace(statement.Reference) || statement.Reference.Length > LongestReference
                ? Refused(RefusalCode.FieldInvalid, $"The reference must be a text of at most {LongestReference} characters.")
            : reading;
    }

    /// <summary>Whether the stored records are enough under each of an intent's terms (<see cref="IntentTerms"/>).</summary>
    public static Verdict Under(
        IReadOnlyList<GovernedRule> terms, IEnumerable<string> records, IEnumerable<string> votes, WithdrawalIntent intent, StopView stops, Clocks now)
    {
        var (stored, counted) = (records.ToList(), votes.ToList());
        return Verdict.All([.. terms.Select<GovernedRule, Func<Verdict>>(t => () => Check(stored, counted, intent, t.Rule, t.Governed, stops, now))]);
    }

    /// <summary>Whether the stored records are enough beside these votes. A rule that does not ask for a call needs none.</summary>
    public static Verdict Check(
        IEnumerable<string> records, IEnumerable<string> votes, WithdrawalIntent intent, PolicyRule rule, Governed governed, StopView stops, Clocks now)
    {
        if (rule.VideoConfirmation != true)
        {
            return Verdict.Allowed;
        }

        var voters = votes.Select(v => VoteRule.Verify(v, intent, governed, stops, now).Approver?.Person).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return records.Select(r => Verify(r, intent, governed, now)).Any(r => r.Operator is { } op && r.Verdict.IsAllowed && !voters.Contains(op.Person))
            ? Verdict.Allowed
            : Verdict.Refused(RefusalCode.VideoMissing, "The rule asks for a video call, and nobody but the approvers recorded one.");
    }

    private static OperatorReading<VideoStatement> Refused(RefusalCode code, string detail) => new(Verdict.Refused(code, detail), null, null);
}
