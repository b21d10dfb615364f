using System.Numerics;
using Custody.Core.Assets;
using Custody.Core.Deposits;
using Custody.Core.Governance;

namespace Custody.Chains.Evm;

/// <summary>
/// Rule: a deposit is native coin that a successful transaction of somebody else carries to a vault's account, or a registered token's
/// Transfer log that moves some of somebody else's to it. What one of our accounts sends to another is an internal transfer, and a log that
/// moves nothing is nothing.
/// </summary>
public static class DepositRule
{
    /// <summary>The transaction as a deposit if it succeeds; null when it is none.</summary>
    public static Deposit? Native(EvmTransaction transaction, BlockPoint block, AssetId coin, IReadOnlyDictionary<EvmAddress, VaultRegistration> ours) =>
        transaction.Value > BigInteger.Zero && transaction.To is { } to && ours.TryGetValue(to, out var vault) && !ours.ContainsKey(transaction.From)
            ? new Deposit(block.Number, block.Hash, transaction.Hash, null, coin, vault.Id, transaction.From.ToString(), transaction.Value)
            : null;

    /// <summary>The log as a deposit; null when it is none.</summary>
    public static Deposit? Token(EvmBlockLog found, BlockPoint block, IReadOnlyDictionary<EvmAddress, AssetId> tokens, IReadOnlyDictionary<EvmAddress, VaultRegistration> ours) =>
        TransferLog.Of(found.Log) is { } transfer && transfer.Value > BigInteger.Zero && tokens.TryGetValue(found.Log.Address, out var asset)
        && ours.TryGetValue(transfer.To, out var vault) && !ours.ContainsKey(transfer.From)
            ? new Deposit(block.Number, block.Hash, found.TxId, found.Index, asset, vault.Id, transfer.From.ToString(), transfer.Value)
            : null;
}
