using Custody.Core.Approvals;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Results;

namespace Custody.Core.Amendments;

/// <summary>What an amendment rests on, read just now.</summary>
/// <param name="Payment">The attempt's own intent.</param>
/// <param name="Governed">Governance in force.</param>
/// <param name="Stops">The stop journal to its head.</param>
/// <param name="Signings">Every vault's signing journal to its head.</param>
/// <param name="Now">The host's clock.</param>
/// <param name="ChainTime">The chain's newest final block's time; null when it is not known.</param>
/// <param name="RequestMaxFee">What the client said that its transaction may cost at most; null: nothing.</param>
public sealed record AmendmentFacts(
    WithdrawalIntent Payment, Governed Governed, StopView Stops, IReadOnlyCollection<SigningView> Signings, DateTimeOffset Now, DateTimeOffset? ChainTime, System.Numerics.BigInteger? RequestMaxFee = null);

/// <summary>What there is to an amendment.</summary>
/// <param name="Verdict">Whether it stands: it may be voted on, and signed for once it is approved.</param>
/// <param name="Tally">Its votes, counted under every version that counts; meaningful only where it stands.</param>
/// <param name="Terms">The payment's rule in each version that counts, with the amendment's quorum for its own.</param>
/// <param name="Votes">The votes that may count: without those of whoever ordered it.</param>
/// <param name="At">The time as of which votes and order are judged.</param>
/// <param name="Deadline">From then on nothing is signed for it that was not before.</param>
/// <param name="OrderedBy">Who ordered it: an operator, or the client.</param>
/// <param name="Reason">Why.</param>
public readonly record struct AmendmentReading(
    Verdict Verdict, ApprovalTally Tally, IReadOnlyList<GovernedRule> Terms, IReadOnlyList<string> Votes, DateTimeOffset At, DateTimeOffset Deadline, string OrderedBy, string Reason)
{
    /// <summary>True when it stands and its quorum is complete.</summary>
    public bool IsApproved => Verdict.IsAllowed && Tally.Outcome == ApprovalOutcome.Approved;
}

/// <summary>
/// Rule: an amendment stands when its intent is exactly what follows from the payment's and from a signed order, within what both
/// governance versions allow, before its deadline, and nobody rejected it. Once something was signed for it, the journal's line
/// says that it was approved in time: its votes and its deadline are judged as of that line, so that it may outbid itself later.
/// </summary>
public static class AmendmentRule
{
    /// <summary>Reads one amendment.</summary>
    public static AmendmentReading Read(Amendment amendment, AmendmentFacts facts)
    {
        if (amendment.Intent is not { Kind: IntentKind.FeeBump or IntentKind.Cancel } intent)
        {
            return Refused(RefusalCode.IntentTampered, "The stored amendment is missing, malformed or of another kind.");
        }

        var payment = facts.Payment;
        var (verdict, rules) = IntentTerms.Of(payment, facts.Governed);
        if (!verdict.IsAllowed)
        {
            return Refused(verdict);
        }

        var digest = intent.Digest();
        var signed = facts.Signings.SelectMany(s => s.Of(payment.WithdrawalId)).Where(l => l.Attempt == payment.Attempt && l.IntentDigest == digest).ToList();
        var at = signed.Count > 0 ? signed.Min(l => l.At) : facts.Now;
        var order = intent.Kind == IntentKind.FeeBump ? Bump(amendment.Order, intent, facts, at) : Cancel(amendment.Order, intent, facts, at);
        if (!order.Verdict.IsAllowed)
        {
            return Refused(order.Verdict);
        }

        verdict = Verdict.All(
            () => AmendmentCaps.Check(rules, payment, intent.Kind, intent.Fee, order.Deadline - order.At),
            () => intent.Kind == IntentKind.Cancel || facts.RequestMaxFee is not { } own || intent.Fee.MaxTotal <= own ? Verdict.Allowed
                : Verdict.Refused(RefusalCode.AmendmentFeeAboveTerms, $"The client's request allows {own} in fees."),
            () => signed.Count > 0 || (facts.Now < order.Deadline && !(facts.ChainTime >= order.Deadline)) ? Verdict.Allowed
                : Verdict.Refused(RefusalCode.StatementExpired, $"Its deadline was {order.Deadline:u}."),
            () => facts.Stops.IsAmendmentEnded(digest) ? Verdict.Refused(RefusalCode.AmendmentRejected, "An approver rejected it.") : Verdict.Allowed,
            () => Room(intent, digest, rules, facts));
        if (!verdict.IsAllowed)
        {
            return Refused(verdict);
        }

        var terms = rules.Select(r => r with { Rule = r.Rule with { Approvals = AmendmentCaps.TermsOf(r.Rule, intent.Kind)!.Approvals } }).ToList();
        var votes = amendment.Votes.Where(v => !IsOrderers(v, intent, order.Person, facts, at)).ToList();
        var tally = ApprovalCount.Under(terms, votes, intent, facts.Stops, at);
        return tally.Outcome == ApprovalOutcome.Rejected
            ? Refused(RefusalCode.AmendmentRejected, $"The approver '{tally.RejectedBy}' rejected it.")
            : new AmendmentReading(Verdict.Allowed, tally, terms, votes, at, order.Deadline, order.By, order.Reason);
    }

    private static Ordered Bump(string compact, WithdrawalIntent intent, AmendmentFacts facts, DateTimeOffset at)
    {
        var reading = FeeBumpRule.Verify(compact, facts.Payment, facts.Governed, at);
        return reading.Statement is not { } statement ? new Ordered(reading.Verdict)
            : new Ordered(Same(intent, AmendmentIntents.FeeBump(facts.Payment, statement.Envelope())), statement.SignedAt, statement.ExpiresAt, statement.OperatorId, reading.Operator!.Person, statement.Reason);
    }

    private static Ordered Cancel(string compact, WithdrawalIntent intent, AmendmentFacts facts, DateTimeOffset at)
    {
        var payment = facts.Payment;
        var reading = CancellationRule.Verify(compact, payment.WithdrawalId, payment.ClientId, facts.Governed, at);
        return reading.Statement is not { } statement ? new Ordered(reading.Verdict)
            : new Ordered(
                AmendmentIntents.Cancel(payment, statement, reading.KeyId, compact, intent.Fee, intent.ExpiresAt, facts.Governed) is { } due
                    ? Same(intent, due)
                    : IntentTerms.Tightened(facts.Governed, "does not register the vault or the native coin of its chain."),
                intent.CreatedAt, intent.ExpiresAt, statement.ClientId, null, statement.Reason);
    }

    private static Verdict Same(WithdrawalIntent stored, WithdrawalIntent due) => due.Digest() == stored.Digest()
        ? Verdict.Allowed
        : Verdict.Refused(RefusalCode.IntentTampered, "The stored amendment is not what follows from the payment's intent and the signed order.");

    // By the journal, not by the rows of the file: those can be deleted.
    private static Verdict Room(WithdrawalIntent intent, string digest, IReadOnlyList<GovernedRule> rules, AmendmentFacts facts)
    {
        var others = facts.Signings.SelectMany(s => s.Of(intent.WithdrawalId))
            .Where(l => l.Attempt == intent.Attempt && l.Kind == intent.Kind && l.IntentDigest != digest).Select(l => l.IntentDigest).Distinct(StringComparer.Ordinal).Count();
        var most = rules.Min(r => AmendmentCaps.TermsOf(r.Rule, intent.Kind)!.Most);
        return others < most ? Verdict.Allowed : Verdict.Refused(RefusalCode.AmendmentsExceeded, $"{others} were signed in this attempt, which is all that governance permits.");
    }

    // Whoever proposes a higher fee does not approve it as well; that they reject it is as good as anybody's word.
    private static bool IsOrderers(string vote, WithdrawalIntent intent, string? person, AmendmentFacts facts, DateTimeOffset at) =>
        person is not null
        && VoteRule.Verify(vote, intent, facts.Governed, facts.Stops, at) is { Statement.Decision: ApprovalDecision.Approve, Approver.Person: var voter } && voter == person;

    private static AmendmentReading Refused(RefusalCode code, string detail) => Refused(Verdict.Refused(code, detail));

    private static AmendmentReading Refused(Verdict verdict) => new(verdict, default, [], [], default, default, "", "");

    private readonly record struct Ordered(
        Verdict Verdict, DateTimeOffset At = default, DateTimeOffset Deadline = default, string By = "", string? Person = null, string Reason = "");
}
