using System.Text.Json;
using Custody.Core.Admission;
using Custody.Core.Encoding;
using Custody.Core.Intents;
using Custody.Core.Results;
using Custody.Core.Screening;
using Custody.Core.Withdrawals;

namespace Custody.Vaults.Gate;

/// <summary>
/// Rule: the stored intent of the attempt is, byte for byte, the one that follows from the signed request, the whitelist
/// entry, policy and governance as they are now, and continues the attempt before it.
/// </summary>
public static class IntentRule
{
    /// <summary>Checks and returns the intent; null with a refusal otherwise.</summary>
    public static (Verdict Verdict, WithdrawalIntent? Intent) Check(GateFacts facts)
    {
        var request = facts.Case.Find(CaseDocuments.Request);
        if (request is null || facts.Case.Find(CaseDocuments.Intent(facts.Case.State.Attempt)) is not { } stored)
        {
            return (Verdict.Refused(RefusalCode.IntentTampered, "The request or the intent is not in the withdrawal's file."), null);
        }

        var admission = AdmissionRule.Evaluate(new AdmissionFacts(
            request.Content, request.Signature, facts.Customer, facts.Entry, facts.Governed, facts.Stops, facts.Now, facts.ChainTime, Screening(facts)));
        if (!admission.Verdict.IsAllowed)
        {
            return (admission.Verdict, null);
        }

        WithdrawalIntent intent;
        try
        {
            intent = CanonicalJson.Deserialize<WithdrawalIntent>(stored.Content.Span);
        }
        catch (JsonException problem)
        {
            return (Verdict.Refused(RefusalCode.IntentTampered, $"The stored intent is malformed: {problem.Message}"), null);
        }

        var parent = intent.Attempt == 1 ? null : facts.Case.Find(CaseDocuments.Intent(intent.Attempt - 1));
        var expected = IntentFactory.Create(
            admission.Admitted!, facts.Governed, facts.Case.State.Attempt, parent is null ? null : WithdrawalIntent.DigestOf(parent.Content.Span), intent.CreatedAt);
        var verdict = intent.Attempt > 1 && parent is null ? Verdict.Refused(RefusalCode.IntentTampered, "The attempt before has no intent.")
            : expected.Digest() != intent.Digest() ? Verdict.Refused(RefusalCode.IntentTampered, "The stored intent is not the one that follows from the request, the whitelist and policy.")
            : expected.WithdrawalId != facts.Case.State.Id ? Verdict.Refused(RefusalCode.IntentTampered, "The request belongs to another withdrawal.")
            // The index said which chain's clock to read; a clock of another chain would loosen what this one's does not.
            : expected.Asset != facts.Case.State.Asset ? Verdict.Refused(RefusalCode.IntentTampered, "The withdrawal's index names another asset than the request.")
            : Verdict.Allowed;
        return (verdict, verdict.IsAllowed ? intent : null);
    }

    private static ScreeningFacts? Screening(GateFacts facts)
    {
        var attempt = facts.Case.State.Attempt;
        return facts.Lists is null ? null : new ScreeningFacts(
            attempt, facts.Lists, [.. facts.Case.WithPrefix(CaseDocuments.ScreeningReleases(attempt)).Select(d => System.Text.Encoding.ASCII.GetString(d.Content.Span))]);
    }
}
