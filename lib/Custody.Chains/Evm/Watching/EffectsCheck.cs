using System.Globalization;
using System.Numerics;
using Custody.Core.Assets;
using Custody.Core.Intents;

namespace Custody.Chains.Evm;

/// <summary>
/// The last of the comparisons: the transaction that the chain holds is exactly the intent. It is made from what a node says
/// and from nothing that we sent.
/// </summary>
public static class EffectsCheck
{
    /// <summary>Checks a transaction of which the node gave these answers.</summary>
    /// <param name="intent">The approved intent.</param>
    /// <param name="from">The vault account, re-derived from its public key.</param>
    /// <param name="txId">The hash that was certified.</param>
    /// <param name="transaction">The node's transaction of that hash, if any.</param>
    /// <param name="receipt">Its receipt, if any.</param>
    /// <param name="canonical">The block in the chain at the receipt's height, if any.</param>
    public static EffectsResult Check(
        WithdrawalIntent intent, EvmAddress from, string txId, LocatedTransaction? transaction, EvmReceipt? receipt, EvmHeader? canonical)
    {
        if (transaction?.Block is null && receipt is null)
        {
            return new EffectsResult.NotFound();
        }

        if (transaction?.Block is null || receipt is null || canonical is null)
        {
            return new EffectsResult.Unknown("The node has only part of transaction, receipt and block.");
        }

        if (transaction.Block != receipt.Block || canonical.Point != receipt.Block)
        {
            return new EffectsResult.Unknown("Transaction, receipt and chain name different blocks.");
        }

        EffectsResult outcome = receipt.Succeeded ? new EffectsResult.Matches(receipt) : new EffectsResult.Reverted(receipt);
        return FirstDifference(intent, from, txId, transaction.Transaction, receipt) ?? outcome;
    }

    private static EffectsResult.Differs? FirstDifference(
        WithdrawalIntent intent, EvmAddress from, string txId, EvmTransaction mined, EvmReceipt receipt) =>
        Unequal("txid", txId, mined.Hash)
        ?? Unequal("receipt", txId, receipt.TxId)
        ?? Unequal("asset", "slip44", intent.Asset.Namespace)
        ?? Unequal("chain", intent.Asset.Chain.ToString(), mined.ChainId is { } id ? $"eip155:{id}" : "none")
        ?? Unequal("from", from.ToString(), mined.From.ToString())
        ?? Unequal("to", intent.Destination, mined.To?.ToString() ?? "none")
        ?? Unequal("value", Text(intent.Amount), Text(mined.Value))
        ?? Unequal("input", "0", Text(mined.InputLength))
        ?? Above("fee", intent.Fee.MaxTotal, receipt.Fee);

    private static EffectsResult.Differs? Unequal(string field, string expected, string actual) =>
        string.Equals(expected, actual, StringComparison.Ordinal) ? null : new EffectsResult.Differs(field, expected, actual);

    private static EffectsResult.Differs? Above(string field, BigInteger cap, BigInteger actual) =>
        actual <= cap ? null : new EffectsResult.Differs(field, $"at most {Text(cap)}", Text(actual));

    private static string Text(BigInteger value) => value.ToString(CultureInfo.InvariantCulture);
}
