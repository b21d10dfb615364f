using System.Text.Json;
using Custody.Core.Admission;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Results;
using Custody.Core.Withdrawals;

namespace Custody.Vaults.Gate;

/// <summary>
/// Rule: the stored intent of the attempt is, byte for byte, the one that follows from the signed request, the whitelist
/// entry, policy and the governance version that it names, continues the attempt before it, and passes under the version in
/// force as well.
/// </summary>
public static class IntentRule
{
    /// <summary>Checks and returns the intent with its rule in each version that counts; null with a refusal otherwise.</summary>
    public static (Verdict Verdict, WithdrawalIntent? Intent, IReadOnlyList<GovernedRule> Terms) Check(GateFacts facts)
    {
        var request = facts.Case.Find(CaseDocuments.Request);
        if (request is null || facts.Case.Find(CaseDocuments.Intent(facts.Case.State.Attempt)) is not { } stored)
        {
            return Refused(Verdict.Refused(RefusalCode.IntentTampered, "The request or the intent is not in the withdrawal's file."));
        }

        WithdrawalIntent intent;
        try
        {
            intent = CanonicalJson.Deserialize<WithdrawalIntent>(stored.Content.Span);
        }
        catch (JsonException problem)
        {
            return Refused(Verdict.Refused(RefusalCode.IntentTampered, $"The stored intent is malformed: {problem.Message}"));
        }

        var (verdict, terms) = IntentTerms.Of(intent, facts.Governed);
        if (!verdict.IsAllowed)
        {
            return Refused(verdict);
        }

        var admission = new AdmissionFacts(
            request.Content, request.Signature, facts.Customer, facts.Entry, terms[0].Governed, facts.Stops, facts.Now, facts.ChainTime);
        verdict = Verdict.All(() => Follows(facts, intent, admission), () => PassesNow(facts.Governed, intent, admission));
        return verdict.IsAllowed ? (verdict, intent, terms) : Refused(verdict);
    }

    private static Verdict Follows(GateFacts facts, WithdrawalIntent intent, AdmissionFacts named)
    {
        var admission = AdmissionRule.Evaluate(named);
        if (!admission.Verdict.IsAllowed)
        {
            return admission.Verdict;
        }

        var parent = intent.Attempt == 1 ? null : facts.Case.Find(CaseDocuments.Intent(intent.Attempt - 1));
        var expected = IntentFactory.Create(
            admission.Admitted!, named.Governed, facts.Case.State.Attempt, parent is null ? null : WithdrawalIntent.DigestOf(parent.Content.Span), intent.CreatedAt);
        return intent.Attempt > 1 && parent is null ? Verdict.Refused(RefusalCode.IntentTampered, "The attempt before has no intent.")
            : expected.Digest() != intent.Digest() ? Verdict.Refused(RefusalCode.IntentTampered, "The stored intent is not the one that follows from the request, the whitelist and policy.")
            : expected.WithdrawalId != facts.Case.State.Id ? Verdict.Refused(RefusalCode.IntentTampered, "The request belongs to another withdrawal.")
            // The index said which chain's clock to read; a clock of another chain would loosen what this one's does not.
            : expected.Asset != facts.Case.State.Asset ? Verdict.Refused(RefusalCode.IntentTampered, "The withdrawal's index names another asset than the request.")
            : Verdict.Allowed;
    }

    // What governance stopped since the intent was made is no sign of tampering, whatever rule says so: people decide on a new attempt.
    private static Verdict PassesNow(Governed current, WithdrawalIntent intent, AdmissionFacts named)
    {
        if (ReferenceEquals(named.Governed, current))
        {
            return Verdict.Allowed;
        }

        var admission = AdmissionRule.Evaluate(named with { Governed = current });
        return admission.Admitted is not { } admitted || !admission.Verdict.IsAllowed ? IntentTerms.Tightened(current, $"refuses it: {admission.Verdict.Detail}")
            : admitted.Rule.Id != intent.RuleId ? IntentTerms.Tightened(current, $"puts it under the rule '{admitted.Rule.Id}'.")
            : admitted.Fee.MaxTotal < intent.Fee.MaxTotal || admitted.Fee.MaxRate < intent.Fee.MaxRate ? IntentTerms.Tightened(current, "allows it a smaller fee.")
            : Verdict.Allowed;
    }

    private static (Verdict Verdict, WithdrawalIntent? Intent, IReadOnlyList<GovernedRule> Terms) Refused(Verdict verdict) => (verdict, null, []);
}
