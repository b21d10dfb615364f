namespace Custody.Core.Storage;

/// <summary>A payment of ours in a block that is not yet deep enough.</summary>
/// <param name="BlockNumber">The block's height.</param>
/// <param name="BlockHash">Its hash.</param>
/// <param name="TransactionId">The transaction.</param>
/// <param name="WithdrawalId">The withdrawal.</param>
public sealed record PendingConfirmation(ulong BlockNumber, string BlockHash, string TransactionId, string WithdrawalId);
