using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Transactions;
using Custody.Core.Withdrawals;

namespace Custody.Vaults.Gate;

/// <summary>The gate's rules in their order, as one pure function over what was read.</summary>
public static class GateRules
{
    /// <summary>Decides whether the vault may be asked, and for what.</summary>
    public static GateDecision Decide(GateFacts facts, IUnsignedTransactionReader reader)
    {
        var state = facts.Case.State;
        var (verdict, intent, terms) = IntentRule.Check(facts);
        if (intent is null)
        {
            return new GateDecision(verdict, null);
        }

        if (facts.Governed.Vault(intent.VaultId) is not { } vault)
        {
            return GateDecision.Refused(RefusalCode.VaultKeyMismatch, $"The vault '{intent.VaultId}' is not registered.");
        }

        verdict = Verdict.All(
            () => KeyStateRule.Check(vault),
            () => StopRule.Check(facts.Stops, intent.WithdrawalId, intent.Attempt, vault.Id, intent.ClientId),
            () => ApprovalRule.Check(facts, intent, terms));
        if (!verdict.IsAllowed)
        {
            return new GateDecision(verdict, null);
        }

        (verdict, var until) = CoolingOffRule.Check(facts, intent, terms);
        if (!verdict.IsAllowed)
        {
            return new GateDecision(verdict, null, until);
        }

        if (facts.Case.Find(CaseDocuments.Unsigned(state.Attempt)) is not { } unsigned)
        {
            return GateDecision.Refused(RefusalCode.TransactionMismatch, "There are no unsigned bytes for the attempt.");
        }

        (verdict, var order) = TransactionRule.Check(reader, intent, vault, unsigned.Content);
        if (order is null)
        {
            return new GateDecision(verdict, null);
        }

        verdict = Verdict.All(
            () => SlotRule.Check(facts.Signings, order),
            () => WindowRule.Check(facts.Signings, order, facts.Governed, facts.SlowerClock));
        return new GateDecision(verdict, verdict.IsAllowed ? order : null);
    }
}
