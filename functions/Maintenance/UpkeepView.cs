using Custody.Core.Governance;
using Custody.Core.Maintenance;

namespace Custody.Functions.Maintenance;

/// <summary>An order of upkeep as operators see it.</summary>
/// <param name="Id">The order.</param>
/// <param name="Status">How far it is.</param>
/// <param name="VaultId">The vault.</param>
/// <param name="Chain">CAIP-2.</param>
/// <param name="Account">The account.</param>
/// <param name="Nonce">A gap fill's nonce.</param>
/// <param name="MaxTotal">Most that it may cost.</param>
/// <param name="MaxRate">Most that it may offer for a unit of gas.</param>
/// <param name="SignedBy">The operators whose signature counts now.</param>
/// <param name="Signatures">How many they are.</param>
/// <param name="Needed">How many must be.</param>
/// <param name="TransactionId">The signed transaction.</param>
/// <param name="Reason">Why it was refused.</param>
/// <param name="ReasonDetail">The same as a sentence.</param>
/// <param name="CreatedAt">When the first operator signed it.</param>
/// <param name="Funding">Whom gas funding funds.</param>
public sealed record UpkeepView(
    string Id, UpkeepStatus Status, string VaultId, string Chain, string Account, ulong? Nonce, string MaxTotal, string MaxRate,
    IReadOnlyList<string> SignedBy, int Signatures, int Needed, string? TransactionId, string? Reason, string? ReasonDetail, DateTimeOffset CreatedAt, UpkeepFundingView? Funding = null)
{
    /// <summary>Of a file.</summary>
    public static UpkeepView Of(UpkeepFile file, Governed governed, DateTimeOffset now)
    {
        var signers = file.Statements.Select(s => UpkeepStatementRule.Verify(s, governed, now))
            .Where(r => r.Verdict.IsAllowed && r.Statement!.ToOrder() == file.Order).Select(r => r.Operator!).DistinctBy(o => o.Person, StringComparer.Ordinal)
            .Select(o => o.Id).Order(StringComparer.Ordinal).ToList();
        var order = file.Order;
        return new UpkeepView(
            file.Id, file.Status, order.VaultId, order.Chain.ToString(), order.Account, order.Nonce, $"{order.MaxTotal}", $"{order.MaxRate}",
            signers, signers.Count, UpkeepStatementRule.Needed(order, governed), file.TransactionId, file.Reason, file.ReasonDetail, file.CreatedAt,
            order.Funding is { } funding ? new UpkeepFundingView(funding.VaultId, funding.Account, $"{funding.Amount}", funding.Reference) : null);
    }
}

/// <summary>Whom gas funding funds, as operators see it.</summary>
/// <param name="VaultId">The vault.</param>
/// <param name="Account">Its account.</param>
/// <param name="Amount">Base units.</param>
/// <param name="Reference">The operators' name for it.</param>
public sealed record UpkeepFundingView(string VaultId, string Account, string Amount, string Reference);
