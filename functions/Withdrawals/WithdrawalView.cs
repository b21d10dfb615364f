using System.Numerics;
using Custody.Core.Results;
using Custody.Core.Withdrawals;

namespace Custody.Functions.Withdrawals;

/// <summary>A withdrawal as the API shows it; docs/api.md describes each member.</summary>
public sealed record WithdrawalView(
    string Id,
    string Status,
    string ClientId,
    string CustomerId,
    string RequestId,
    string Asset,
    BigInteger Amount,
    string WhitelistEntryId,
    string RequestDigest,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    int Attempt,
    string? IntentDigest,
    string? Destination,
    string? VaultId,
    DateTimeOffset? ApprovalDeadline,
    string? Reason,
    string? ReasonDetail,
    int? Hold,
    string? HeldAt,
    bool SignatureExists,
    string? TransactionId,
    ulong? BlockNumber,
    string? BlockHash,
    IReadOnlyDictionary<string, string> Links)
{
    /// <summary>The view of a state.</summary>
    public static WithdrawalView Of(WithdrawalState state, Uri publicUrl) => new(
        state.Id,
        StatusText.Of(state.Status),
        state.ClientId,
        state.CustomerId,
        state.RequestId,
        state.Asset.ToString(),
        state.Amount,
        state.WhitelistEntryId,
        state.RequestDigest,
        state.CreatedAt,
        state.UpdatedAt,
        state.Attempt,
        state.IntentDigest,
        state.Destination,
        state.VaultId,
        state.ApprovalDeadline,
        state.Reason == RefusalCode.Unspecified ? null : state.Reason.Text(),
        state.ReasonDetail,
        state.Hold == 0 ? null : state.Hold,
        state.Status == WithdrawalStatus.Held ? StatusText.Of(state.HeldAt) : null,
        state.SignatureExists,
        state.TransactionId,
        state.BlockNumber,
        state.BlockHash,
        new Dictionary<string, string>
        {
            ["self"] = new Uri(publicUrl, $"api/v1/withdrawals/{state.Id}").ToString(),
            ["audit"] = new Uri(publicUrl, $"api/v1/withdrawals/{state.Id}/audit").ToString(),
        });
}
