using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Maintenance;
using Custody.Core.Results;
using Custody.Core.Transactions;

namespace Custody.Vaults.Gate;

/// <summary>
/// Rule: a gap is filled when the operators whom the version in force asks for signed this very order, its vault's key is active,
/// the nonce is a gap by every vault's signing journal and was for the governed time, the vault has fills left for the day, and the
/// bytes are exactly a transfer of nothing from the account to itself at that nonce. A freeze does not stop it: it moves nothing to
/// anybody, and lets be mined what was signed before (DESIGN, section 6).
/// </summary>
public static class GapFillRule
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>Decides whether the vault may be asked, and for what.</summary>
    public static GateDecision Decide(UpkeepFacts facts, IUnsignedTransactionReader reader)
    {
        var (decision, intent, vault) = Ordered(facts);
        if (!decision.Verdict.IsAllowed || intent is null || vault is null)
        {
            return decision;
        }

        var (verdict, order) = UpkeepRule.Read(facts, reader, intent, vault);
        if (order is null)
        {
            return new GateDecision(verdict, null);
        }

        verdict = Verdict.All(
            () => order.Slots is [var only] && only == Slot(facts.File.Order, vault) ? Verdict.Allowed
                : Verdict.Refused(RefusalCode.TransactionMismatch, $"The bytes are not at the nonce {facts.File.Order.Nonce}."),
            () => SlotRule.Check(facts.Signings, order));
        return new GateDecision(verdict, verdict.IsAllowed ? order : null);
    }

    /// <summary>Decides as far as can be told before anything is built. It has no order, whatever it says.</summary>
    public static GateDecision DecideOrdered(UpkeepFacts facts) => Ordered(facts).Decision;

    private static (GateDecision Decision, WithdrawalIntent? Intent, VaultRegistration? Vault) Ordered(UpkeepFacts facts)
    {
        var (verdict, intent, vault) = UpkeepRule.Ordered(facts);
        if (intent is null || vault is null || facts.Governed.Chain(facts.File.Order.Chain)?.Maintenance is not { } terms)
        {
            return (new GateDecision(verdict.IsAllowed ? default : verdict, null), null, null);
        }

        var order = facts.File.Order;

        // What was journalled may be signed again, and is the only thing that may: the slot is its own.
        if (facts.Signings.Values.Any(j => j.Of(facts.Id).Count > 0))
        {
            return (new GateDecision(Verdict.Allowed, null), intent, vault);
        }

        if (NonceGapRule.At(order.Chain, vault.EvmAddress(), order.Nonce!.Value, facts.Signings.Values, LostNonces.Of(facts.Stops, vault.Id)) is not { } gap)
        {
            return (GateDecision.Refused(RefusalCode.NonceNotGap, $"The nonce {order.Nonce} is taken, or nothing was signed above it."), null, null);
        }

        var from = gap.Since + TimeSpan.FromSeconds(terms.AfterSeconds);
        if (facts.SlowerClock < from)
        {
            return (new GateDecision(Verdict.Refused(RefusalCode.GapFillTooEarly, $"The gap may be filled from {from:u} on, by the host's clock and the chain's."), null, from), null, null);
        }

        var filled = facts.Signings.GetValueOrDefault(vault.Id)?.All.Where(e => e.Kind == IntentKind.GapFill && e.At > facts.SlowerClock - Day)
            .GroupBy(e => e.WithdrawalId, StringComparer.Ordinal).Select(g => g.Min(e => e.At)).Order().ToList();
        return filled is null ? (default, null, null)
            : filled.Count >= terms.FillsPerDay
                ? (new GateDecision(Verdict.Refused(RefusalCode.GapFillsExceeded, $"The vault '{vault.Id}' filled {filled.Count} gaps in 24 hours, which is all that governance permits."), null, filled[0] + Day), null, null)
            : (new GateDecision(Verdict.Allowed, null), intent, vault);
    }

    private static string Slot(UpkeepOrder order, VaultRegistration vault) => SigningSlot.Nonce(order.Chain, vault.EvmAddress(), order.Nonce!.Value);
}
