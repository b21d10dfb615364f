using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Results;

namespace Custody.Core.Maintenance;

/// <summary>Rule: gas funding goes from one governed vault's account to another's on the same chain, within the governed amount and fee.</summary>
public static class FundingRule
{
    /// <summary>Checks an order. Terms that are absent refuse.</summary>
    public static Verdict Within(UpkeepOrder order, FundingOrder funding, GasFundingTerms? terms, Governed governed) =>
        terms is null ? Verdict.Refused(RefusalCode.MaintenanceNotGoverned, $"Governance has no terms for gas funding on {order.Chain}.")
        : !Identifier.IsValid(funding.Reference) ? Verdict.Refused(RefusalCode.FieldInvalid, $"The reference must be {Identifier.Form}.")
        : order.Intent(governed) is not { } intent || intent.Destination != funding.Account || governed.Vault(order.VaultId)!.EvmAddress().ToString() != order.Account
            ? Verdict.Refused(
                RefusalCode.MaintenanceAccountWrong,
                $"{order.Account} and {funding.Account} are not the accounts of two vaults, '{order.VaultId}' and '{funding.VaultId}', on {order.Chain}.")
        : funding.Amount.Sign <= 0 || funding.Amount > terms.MaxAmount
            ? Verdict.Refused(RefusalCode.GasFundingAboveTerms, $"A vault may be funded with up to {terms.MaxAmount} at once, and more than nothing.")
        : UpkeepStatementRule.Fee(order, terms.MaxTotal, terms.MaxRate);
}
