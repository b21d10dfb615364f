using System.Text.Json;
using Custody.Core.Admission;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Policy;
using Custody.Core.Results;
using Custody.Core.Screening;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;

namespace Custody.Vaults.Gate;

/// <summary>
/// Rule: the stored intent of the attempt is, byte for byte, the one that follows from the signed request, the whitelist
/// entry, policy and the governance version that it names, continues the attempt before it, and passes under the version in
/// force as well.
/// </summary>
public static class IntentRule
{
    /// <summary>
    /// Checks and returns the intent with its rule in each version that counts; null with a refusal otherwise. With
    /// <paramref name="isSigned"/> the request may have expired.
    /// </summary>
    public static (Verdict Verdict, WithdrawalIntent? Intent, IReadOnlyList<GovernedRule> Terms) Check(GateFacts facts, bool isSigned = false)
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

        // The index said which chain's clock and which asset's prices to read; a clock of another chain would loosen what this one's does
        // not. Asked before them: with another asset's prices it would look like a feed that stands still.
        if (intent.Asset != facts.Case.State.Asset)
        {
            return Refused(Verdict.Refused(RefusalCode.IntentTampered, "The withdrawal's index names another asset than the intent."));
        }

        var (verdict, terms) = IntentTerms.Of(intent, facts.Governed);
        if (!verdict.IsAllowed)
        {
            return Refused(verdict);
        }

        var admission = new AdmissionFacts(
            request.Content, request.Signature, facts.Customer, facts.Entry, terms[0].Governed, facts.Stops, facts.Now, facts.ChainTime,
            [.. facts.Signings.Values], facts.Prices, intent.CreatedAt, Screening(facts), isSigned);
        verdict = Verdict.All(() => Follows(facts, intent, admission), () => PassesNow(facts.Governed, intent, admission));
        return verdict.IsAllowed ? (verdict, intent, terms) : Refused(verdict);
    }

    private static Verdict Follows(GateFacts facts, WithdrawalIntent intent, AdmissionFacts named)
    {
        var admission = AdmissionRule.Evaluate(named);
        if (admission.Admitted is not { } admitted || !admission.Verdict.IsAllowed)
        {
            return admission.Verdict;
        }

        var parent = intent.Attempt == 1 ? null : facts.Case.Find(CaseDocuments.Intent(intent.Attempt - 1));
        var parentDigest = parent is null ? null : WithdrawalIntent.DigestOf(parent.Content.Span);
        return intent.Attempt > 1 && parent is null ? Verdict.Refused(RefusalCode.IntentTampered, "The attempt before has no intent.")
            : !Follows(admitted) ? HasMoved(admitted) ? Moved(intent, admitted)
                : Verdict.Refused(RefusalCode.IntentTampered, "The stored intent is not the one that follows from the request, the whitelist and policy.")
            : intent.WithdrawalId != facts.Case.State.Id ? Verdict.Refused(RefusalCode.IntentTampered, "The request belongs to another withdrawal.")
            // No sign of tampering by itself: a host whose clock was set back sees every intent so.
            : intent.CreatedAt > facts.Now + Jws.ClockSkew ? Verdict.Refused(RefusalCode.StatementExpired, "The intent is from the future.")
            : Verdict.Allowed;

        // Which of the rule's vaults pays is the pipeline's choice: approvers signed it, and a vault outside the rule's is none.
        bool Follows(Admitted of) => of.Rule.PaysFrom(intent.VaultId)
            && IntentFactory.Create(of, named.Governed, facts.Case.State.Attempt, parentDigest, intent.CreatedAt, intent.VaultId).Digest() == intent.Digest();

        // Another rule matches now, and the intent is exactly the one that its own rule gives: prices, history or hours moved.
        bool HasMoved(Admitted now) =>
            named.Governed.Document.Rules.Any(r => r.Moves())
            && named.Governed.Document.Rules.FirstOrDefault(r => r.Id == intent.RuleId) is { } own && own.Id != now.Rule.Id
            && Follows(now with { Rule = own, Fee = PolicyEvaluator.Envelope(now.Request, own) });
    }

    private static Verdict Moved(WithdrawalIntent intent, Admitted admitted) => Verdict.Refused(
        RefusalCode.PolicyMoved, $"The withdrawal was approved under the rule '{intent.RuleId}', and by now the rule '{admitted.Rule.Id}' matches.");

    // What governance stopped since the intent was made is no sign of tampering, whatever rule says so: people decide on a new attempt.
    private static Verdict PassesNow(Governed current, WithdrawalIntent intent, AdmissionFacts named)
    {
        if (ReferenceEquals(named.Governed, current))
        {
            return Verdict.Allowed;
        }

        var admission = AdmissionRule.Evaluate(named with { Governed = current });
        // A list that governance asks for since has an answer of its own, which waits or is held until two release it.
        return admission.Stage == "screen" ? admission.Verdict
            : admission.Admitted is not { } admitted || !admission.Verdict.IsAllowed ? IntentTerms.Tightened(current, $"refuses it: {admission.Verdict.Detail}")
            : admitted.Rule.Id != intent.RuleId ? IntentTerms.Tightened(current, $"puts it under the rule '{admitted.Rule.Id}'.")
            : admitted.Fee.MaxTotal < intent.Fee.MaxTotal || admitted.Fee.MaxRate < intent.Fee.MaxRate ? IntentTerms.Tightened(current, "allows it a smaller fee.")
            : Verdict.Allowed;
    }

    private static (Verdict Verdict, WithdrawalIntent? Intent, IReadOnlyList<GovernedRule> Terms) Refused(Verdict verdict) => (verdict, null, []);

    private static ScreeningFacts? Screening(GateFacts facts)
    {
        var attempt = facts.Case.State.Attempt;
        return facts.Lists is null ? null : new ScreeningFacts(
            attempt, facts.Lists, [.. facts.Case.WithPrefix(CaseDocuments.ScreeningReleases(attempt)).Select(d => System.Text.Encoding.ASCII.GetString(d.Content.Span))], facts.Governed);
    }
}
