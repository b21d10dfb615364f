using Custody.Core.Admission;
using Custody.Core.Governance;

namespace Custody.Core.Intents;

/// <summary>
/// Makes the one intent that follows from what was admitted. The gate and every approver's device make it again and compare
/// digests: an intent that anybody edited is not the one that follows.
/// </summary>
public static class IntentFactory
{
    /// <summary>
    /// The intent of an attempt. <paramref name="parentDigest"/> is the previous attempt's, null for the first. Of the rule's vaults
    /// <paramref name="vaultId"/> pays: whoever asks must know that it is one of them (<see cref="Policy.PolicyRule.PaysFrom"/>).
    /// </summary>
    public static WithdrawalIntent Create(Admitted admitted, Governed governed, int attempt, string? parentDigest, DateTimeOffset createdAt, string vaultId) => new(
        Version: 1,
        Kind: IntentKind.Withdrawal,
        WithdrawalId: WithdrawalId.Derive(admitted.Request.ClientId, admitted.Request.RequestId),
        ClientId: admitted.Request.ClientId,
        CustomerId: admitted.Request.CustomerId,
        RequestId: admitted.Request.RequestId,
        Asset: admitted.Request.Asset,
        Amount: admitted.Request.Amount,
        WhitelistEntryId: admitted.Entry.EntryId,
        Destination: admitted.Entry.Address,
        Memo: admitted.Entry.Memo,
        VaultId: vaultId,
        Fee: admitted.Fee,
        RuleId: admitted.Rule.Id,
        PolicyVersion: governed.Document.Version,
        GovernanceDigest: governed.Digest,
        Attempt: attempt,
        ParentDigest: parentDigest,
        CreatedAt: DateTimeOffset.FromUnixTimeSeconds(createdAt.ToUnixTimeSeconds()),
        ExpiresAt: admitted.Request.ExpiresAt,
        InitiatorKeyId: admitted.InitiatorKeyId,
        RequestDigest: admitted.RequestDigest);
}
