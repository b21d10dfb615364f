using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Results;
using Custody.Core.Transactions;
using Custody.Core.Withdrawals;

namespace Custody.Vaults.Gate;

/// <summary>The gate's rules in their order, as one pure function over what was read.</summary>
public static class GateRules
{
    /// <summary>Decides whether the vault may be asked, and for what.</summary>
    public static GateDecision Decide(GateFacts facts, Func<Governed, IUnsignedTransactionReader> readers)
    {
        var built = facts.Case.Unsigned(facts.Case.State.Attempt);
        if (built is [.., var newest] && CaseDocuments.AmendmentOf(newest.Name) is { } number)
        {
            return AmendmentRules.Decide(facts, number, newest.Content, readers);
        }

        var (decision, intent, vault, terms) = Approved(facts, isSigned: false);
        if (!decision.Verdict.IsAllowed || intent is null || vault is null)
        {
            return decision;
        }

        if (built is not [.., var unsigned])
        {
            return GateDecision.Refused(RefusalCode.TransactionMismatch, "There are no unsigned bytes for the attempt.");
        }

        var (verdict, order) = Read(facts.Governed, terms, readers, intent, vault, unsigned.Content);
        if (order is null)
        {
            return new GateDecision(verdict, null);
        }

        order = order with { IsAutomatic = terms.Any(t => t.Rule.Approvals.IsAutomatic()), Replaces = ReplacementRule.Replaced(facts, order, readers(terms[0].Governed)) };
        verdict = Verdict.All(
            () => ReplacementRule.Check(facts, order),
            () => RestoreRule.CheckSlots(facts, order),
            () => SlotRule.Check(facts.Signings, order),
            () => Windows(facts, order));
        return new GateDecision(verdict, verdict.IsAllowed ? order : null);
    }

    /// <summary>What is asked once more at the very head of the journal that the order is about to be written to.</summary>
    public static Verdict AtHead(GateFacts facts, SigningOrder order) => Verdict.All(
        () => order.Intent.Kind == IntentKind.Cancel ? Verdict.Allowed : IntentRule.Check(facts, isSigned: order.Intent.Kind == IntentKind.FeeBump).Verdict,
        () => SlotRule.Check(facts.Signings, order),
        () => order.Intent.Kind == IntentKind.Cancel ? Verdict.Allowed : Windows(facts, order));

    /// <summary>Every window that counts at the gate: those of the asset, and the one over all assets.</summary>
    internal static Verdict Windows(GateFacts facts, SigningOrder order) => Verdict.All(
        () => WindowRule.Check(facts.Signings, order, facts.Governed, facts.SlowerClock),
        () => PlatformValueWindowRule.Check(facts, order.Intent));

    // Under the version that the intent names, bytes that are not the intent are a lie. What only the version in force no longer
    // allows, such as the gas of a token whose ceiling was lowered since, is nobody's.
    internal static (Verdict Verdict, SigningOrder? Order) Read(
        Governed current, IReadOnlyList<GovernedRule> terms, Func<Governed, IUnsignedTransactionReader> readers, WithdrawalIntent intent, VaultRegistration vault, ReadOnlyMemory<byte> unsigned)
    {
        var named = TransactionRule.Check(readers(terms[0].Governed), intent, vault, unsigned);
        if (named.Order is null || ReferenceEquals(terms[0].Governed, current))
        {
            return named;
        }

        var now = TransactionRule.Check(readers(current), intent, vault, unsigned);
        return now.Order is null ? (IntentTerms.Tightened(current, $"does not allow the transaction: {now.Verdict.Detail}"), null) : now;
    }

    /// <summary>Decides as far as approvals and cooling-off go, before anything is built. It has no order, whatever it says.</summary>
    public static GateDecision DecideApproved(GateFacts facts) => Approved(facts, isSigned: false).Decision;

    /// <summary>
    /// The attempt's own intent, verified and approved. With <paramref name="isSigned"/> it was signed before: the request may have
    /// expired since, and its votes are judged as of the journal's first line for it.
    /// </summary>
    internal static (GateDecision Decision, WithdrawalIntent? Intent, VaultRegistration? Vault, IReadOnlyList<GovernedRule> Terms) Approved(GateFacts facts, bool isSigned)
    {
        // Looked for first and told with every answer: whatever else refuses must not keep it from the SOC.
        var (opened, duress) = DuressRule.Check(facts);
        if (facts.Stops.DrillOf(facts.Case.State.Id) is not null)
        {
            return Stop(GateDecision.Refused(RefusalCode.Drill, "It is a drill; nothing is ever signed for it."));
        }

        var (verdict, intent, terms) = IntentRule.Check(facts, isSigned);
        if (intent is null)
        {
            return Stop(new GateDecision(verdict, null));
        }

        var signedAt = isSigned ? AmendmentRules.FirstLine(facts, intent) : null;
        if (isSigned && signedAt is null)
        {
            return Stop(GateDecision.Refused(RefusalCode.TransactionMismatch, "Nothing was signed for the attempt that could cost more."));
        }

        if (facts.Governed.Vault(intent.VaultId) is not { } vault)
        {
            return Stop(GateDecision.Refused(RefusalCode.VaultKeyMismatch, $"The vault '{intent.VaultId}' is not registered."));
        }

        verdict = Verdict.All(
            () => KeyStateRule.Check(vault),
            () => RestoreRule.Check(facts),
            () => StopRule.Check(facts.Stops, intent.WithdrawalId, intent.Attempt, vault.Id, intent.ClientId),
            // What is out was approved when it was signed: its votes are judged by the time of that line, and by no other clock.
            () => ApprovalRule.Check(signedAt is { } at ? facts with { Now = at, ChainTime = at } : facts, intent, terms),
            () => DeadlineRule.Check(facts, intent, terms),
            () => opened);
        if (!verdict.IsAllowed)
        {
            return Stop(new GateDecision(verdict, null));
        }

        (verdict, var cooledOff) = CoolingOffRule.Check(facts, intent, terms);
        if (!verdict.IsAllowed)
        {
            return Stop(new GateDecision(verdict, null, cooledOff));
        }

        // The hours of each version that counts: the one in force may have widened those that were approved.
        foreach (var term in terms)
        {
            (verdict, var opens) = TimeWindowRule.Check(facts, term.Rule);
            if (!verdict.IsAllowed)
            {
                return Stop(new GateDecision(verdict, null, opens));
            }
        }

        // Asked last: what has expired by the chain's clock is refused as such, whatever the host's says.
        verdict = HostClockRule.Check(facts.Clocks);
        if (!verdict.IsAllowed)
        {
            return Stop(new GateDecision(verdict, null));
        }

        // Last, and in place of the go alone: until here everything was answered as for anybody else. From here on it is a cooling-off
        // whose time is past by the host's clock and not yet by the chain's, which is waited for in the same small steps.
        if (duress is not null)
        {
            return Stop(new GateDecision(CoolingOffRule.Running, null, cooledOff ?? facts.Now));
        }

        return (new GateDecision(Verdict.Allowed, null), intent, vault, terms);

        (GateDecision, WithdrawalIntent?, VaultRegistration?, IReadOnlyList<GovernedRule>) Stop(GateDecision decision) => (decision with { Duress = duress }, null, null, []);
    }
}
