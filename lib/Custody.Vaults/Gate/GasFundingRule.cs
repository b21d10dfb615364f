using System.Numerics;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Maintenance;
using Custody.Core.Restoring;
using Custody.Core.Results;
using Custody.Core.Transactions;

namespace Custody.Vaults.Gate;

/// <summary>
/// Rule: a vault is funded with gas when the operators whom the version in force asks for signed this very order, both vaults' keys are
/// active and neither is frozen, the chain has so much left for the day and the paying vault's and the platform's windows of the native coin do,
/// and the bytes are exactly one transfer of that amount to the account that the funded vault's registered key gives. It moves money,
/// though to ourselves, so a freeze stops it, and no window is asked less than for a payment.
/// </summary>
public static class GasFundingRule
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
        if (order is not null)
        {
            verdict = Verdict.All(
                () => SlotRule.Check(facts.Signings, order),
                () => RestoredRule.CheckSlots(facts.Stops, vault, facts.Id, order.Slots, facts.Signings));
        }

        return new GateDecision(verdict, verdict.IsAllowed ? order : null);
    }

    /// <summary>Decides as far as can be told before anything is built. It has no order, whatever it says.</summary>
    public static GateDecision DecideOrdered(UpkeepFacts facts) => Ordered(facts).Decision;

    private static DateTimeOffset? OrderedAt(UpkeepFacts facts) => facts.File.Statements
        .Select(s => UpkeepStatementRule.Verify(s, facts.Governed, facts.Clocks).Statement).Where(s => s is not null && s.ToOrder() == facts.File.Order)
        .Min(s => (DateTimeOffset?)s!.SignedAt);

    private static (GateDecision Decision, WithdrawalIntent? Intent, VaultRegistration? Vault) Ordered(UpkeepFacts facts)
    {
        var (verdict, intent, vault) = UpkeepRule.Ordered(facts);
        var order = facts.File.Order;
        if (intent is null || vault is null || order.Funding is not { } funding || facts.Governed.Vault(funding.VaultId) is not { } funded
            || facts.Governed.Chain(order.Chain)?.Maintenance?.GasFunding is not { } terms)
        {
            return (new GateDecision(verdict.IsAllowed ? default : verdict, null), null, null);
        }

        // Nothing is sent to a key that does not sign, or that somebody else may have.
        verdict = Verdict.All(
            () => KeyStateRule.Check(funded),
            // What operators signed before a restore may have been signed by the vault as well, in lines that are lost: they order it anew.
            () => RestoredRule.Check(facts.Stops, OrderedAt(facts), facts.Id, facts.Signings),
            () => (facts.Stops.FreezeOn(vault.Id, "") ?? facts.Stops.FreezeOn(funded.Id, "")) is { } freeze
                ? Verdict.Refused(RefusalCode.Frozen, $"{freeze.Subject} is frozen: {freeze.Reason}") : Verdict.Allowed,
            () => WindowRule.CheckOwn(facts.Signings, intent, facts.Governed, facts.SlowerClock));
        if (!verdict.IsAllowed)
        {
            return (new GateDecision(verdict, null), null, null);
        }

        // Its own line counts for the others and not for itself, so that what was journalled is signed again as any other.
        var others = facts.Signings.Values.SelectMany(j => j.All)
            .Where(e => e.Kind == IntentKind.GasFunding && e.Asset == intent.Asset && e.WithdrawalId != facts.Id && e.At > facts.SlowerClock - Day)
            .GroupBy(e => e.WithdrawalId, StringComparer.Ordinal).Select(g => (g.First().Amount, At: g.Max(e => e.At))).ToList();
        var spent = others.Aggregate(BigInteger.Zero, (sum, e) => sum + e.Amount);
        return spent + intent.Amount <= terms.MaxPerDay
            ? (new GateDecision(Verdict.Allowed, null), intent, vault)
            : (new GateDecision(
                Verdict.Refused(RefusalCode.GasFundingExceeded, $"{spent} of the {terms.MaxPerDay} that may be funded on {order.Chain} in 24 hours are."), null, others.Min(e => e.At) + Day), null, null);
    }
}
