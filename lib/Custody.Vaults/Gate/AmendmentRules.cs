using System.Text.Json;
using Custody.Core.Amendments;
using Custody.Core.Encoding;
using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Results;
using Custody.Core.Transactions;
using Custody.Core.Withdrawals;

namespace Custody.Vaults.Gate;

/// <summary>
/// The gate's rules for bytes that amend a payment which it signed before. A fee bump is that payment again, judged whole as it
/// would be today, but that the request's expiry has nothing left to stop; only its envelope is another, which people approved. A
/// cancel moves nothing to anybody: it needs neither whitelist nor screening nor windows, and a freeze does not stop it
/// (DESIGN, section 6).
/// </summary>
public static class AmendmentRules
{
    /// <summary>Decides whether the vault may be asked for the bytes of the attempt's amendment of that number.</summary>
    public static GateDecision Decide(GateFacts facts, int number, ReadOnlyMemory<byte> unsigned, Func<Governed, IUnsignedTransactionReader> readers) =>
        Amendment.At(facts.Case, facts.Case.State.Attempt, number) is not { } amendment
            ? GateDecision.Refused(RefusalCode.IntentTampered, "The unsigned bytes are for an amendment that is not in the withdrawal's file.")
        : amendment.IsCancel ? Cancel(facts, amendment, unsigned, readers(facts.Governed))
        : Bump(facts, amendment, unsigned, readers);

    private static GateDecision Bump(GateFacts facts, Amendment amendment, ReadOnlyMemory<byte> unsigned, Func<Governed, IUnsignedTransactionReader> readers)
    {
        var (decision, payment, vault, terms) = GateRules.Approved(facts, isSigned: true);
        if (!decision.Verdict.IsAllowed || payment is null || vault is null)
        {
            return decision;
        }

        var request = facts.Case.Find(CaseDocuments.Request) is { } body && RequestReader.Read(body.Content.Span) is RequestReading.Read { Request: var read } ? read : null;
        var (approved, duress) = Approved(facts, amendment, payment, request?.MaxFee);
        if (!approved.IsAllowed)
        {
            return new GateDecision(approved, null, null, duress);
        }

        var (verdict, order) = GateRules.Read(facts.Governed, terms, readers, amendment.Intent!, vault, unsigned);
        if (order is null)
        {
            return new GateDecision(verdict, null, null, duress);
        }

        order = order with { IsAutomatic = terms.Any(t => t.Rule.Approvals.IsAutomatic()), Replaces = ReplacementRule.Replaced(facts, order, readers(terms[0].Governed)) };
        verdict = Verdict.All(
            () => ReplacementRule.Check(facts, order),
            () => SlotRule.Check(facts.Signings, order),
            () => GateRules.Windows(facts, order));
        return Told(verdict, order, facts, duress);
    }

    private static GateDecision Cancel(GateFacts facts, Amendment amendment, ReadOnlyMemory<byte> unsigned, IUnsignedTransactionReader reader)
    {
        if (Payment(facts) is not { } payment || facts.Governed.Vault(payment.VaultId) is not { } vault)
        {
            return GateDecision.Refused(RefusalCode.IntentTampered, "The payment's intent is not one that the signing journal names.");
        }

        var verdict = Verdict.All(() => KeyStateRule.Check(vault), () => HostClockRule.Check(facts.Clocks), () => StopRule.CheckCancel(facts.Stops, payment.WithdrawalId, payment.Attempt));
        if (!verdict.IsAllowed)
        {
            return new GateDecision(verdict, null);
        }

        (verdict, var duress) = Approved(facts, amendment, payment, requestMaxFee: null);
        if (!verdict.IsAllowed)
        {
            return new GateDecision(verdict, null, null, duress);
        }

        (verdict, var order) = TransactionRule.Check(reader, amendment.Intent!, vault, unsigned);
        if (order is null)
        {
            return new GateDecision(verdict, null, null, duress);
        }

        order = order with { Replaces = ReplacementRule.Replaced(facts, order, reader) };
        verdict = Verdict.All(() => ReplacementRule.Check(facts, order), () => SlotRule.Check(facts.Signings, order));
        return Told(verdict, order, facts, duress);
    }

    // As for the payment's own votes: who was forced is answered with a wait, whose end never comes.
    private static GateDecision Told(Verdict verdict, SigningOrder order, GateFacts facts, string? duress) =>
        duress is not null ? new GateDecision(CoolingOffRule.Running, null, facts.Now, duress)
        : new GateDecision(verdict, verdict.IsAllowed ? order : null);

    private static (Verdict Verdict, string? Duress) Approved(GateFacts facts, Amendment amendment, WithdrawalIntent payment, System.Numerics.BigInteger? requestMaxFee)
    {
        var (opened, forced) = DuressRule.Open(SigningDevices.OfAmendment(amendment, payment, facts.Governed, facts.Now), facts.Openings);
        var duress = forced.Count > 0 ? forced[0] : null;
        var reading = AmendmentRule.Read(
            amendment, new AmendmentFacts(payment, facts.Governed, facts.Stops, [.. facts.Signings.Values], facts.Now, facts.ChainTime, requestMaxFee));
        return (
            Verdict.All(
                () => reading.Verdict,
                () => ApprovalRule.Quorum(reading.Terms, reading.Votes, amendment.Intent!, facts.Stops, reading.At, facts.Governed),
                () => opened),
            duress);
    }

    // What is cancelled is what the gate itself journalled, whatever the file says of it.
    private static WithdrawalIntent? Payment(GateFacts facts)
    {
        var (id, attempt) = (facts.Case.State.Id, facts.Case.State.Attempt);
        if (facts.Case.Find(CaseDocuments.Intent(attempt)) is not { } stored)
        {
            return null;
        }

        try
        {
            var intent = CanonicalJson.Deserialize<WithdrawalIntent>(stored.Content.Span);
            return intent.WithdrawalId == id && intent.Attempt == attempt && FirstLine(facts, intent) is not null ? intent : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>When the payment's own intent was first journalled in this attempt; null when it never was.</summary>
    internal static DateTimeOffset? FirstLine(GateFacts facts, WithdrawalIntent payment)
    {
        var digest = payment.Digest();
        var lines = facts.Signings.Values.SelectMany(j => j.Of(payment.WithdrawalId)).Where(l => l.Attempt == payment.Attempt && l.IntentDigest == digest).ToList();
        return lines.Count > 0 ? lines.Min(l => l.At) : null;
    }
}
