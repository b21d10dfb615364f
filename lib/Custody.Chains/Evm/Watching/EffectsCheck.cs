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

        if (!intent.Asset.IsNative && receipt is { Succeeded: true, Logs: null })
        {
            return new EffectsResult.Unknown("The node does not say what the token's contract emitted.");
        }

        EffectsResult outcome = receipt.Succeeded ? new EffectsResult.Matches(receipt) : new EffectsResult.Reverted(receipt);
        return FirstDifference(intent, from, txId, transaction.Transaction, receipt) ?? outcome;
    }

    private static EffectsResult.Differs? FirstDifference(
        WithdrawalIntent intent, EvmAddress from, string txId, EvmTransaction mined, EvmReceipt receipt) =>
        Unequal("txid", txId, mined.Hash)
        ?? Unequal("receipt", txId, receipt.TxId)
        ?? Unequal("asset", intent.Asset.IsNative ? "slip44" : "erc20", intent.Asset.Namespace)
        ?? Unequal("chain", intent.Asset.Chain.ToString(), mined.ChainId is { } id ? $"eip155:{id}" : "none")
        ?? Unequal("from", from.ToString(), mined.From.ToString())
        ?? (intent.Asset.IsNative ? NativeDifference(intent, mined) : TokenDifference(intent, from, mined, receipt))
        ?? Above("fee", intent.Fee.MaxTotal, receipt.Fee);

    private static EffectsResult.Differs? NativeDifference(WithdrawalIntent intent, EvmTransaction mined) =>
        Unequal("to", intent.Destination, mined.To?.ToString() ?? "none")
        ?? Unequal("value", Text(intent.Amount), Text(mined.Value))
        ?? Unequal("input", "0", Text(mined.InputLength));

    // One transfer of the token, no more: a token that keeps a fee, or pays somebody else besides, did not do what was approved.
    private static EffectsResult.Differs? TokenDifference(WithdrawalIntent intent, EvmAddress from, EvmTransaction mined, EvmReceipt receipt)
    {
        var called = Unequal("to", intent.Asset.Reference, mined.To?.ToString() ?? "none")
            ?? Unequal("value", "0", Text(mined.Value))
            ?? Unequal("input", Text(Erc20Call.TransferLength), Text(mined.InputLength));
        if (called is not null || !receipt.Succeeded)
        {
            return called;
        }

        var transfers = TransferLog.Of(mined.To!.Value, receipt.Logs!);
        var only = transfers is [var one] ? one : null;
        return Unequal("transfers", "1", Text(transfers.Count))
            ?? Unequal("transfer from", from.ToString(), only?.From.ToString() ?? "unreadable")
            ?? Unequal("transfer to", intent.Destination, only?.To.ToString() ?? "unreadable")
            ?? Unequal("transfer value", Text(intent.Amount), only is null ? "unreadable" : Text(only.Value));
    }

    private static EffectsResult.Differs? Unequal(string field, string expected, string actual) =>
        string.Equals(expected, actual, StringComparison.Ordinal) ? null : new EffectsResult.Differs(field, expected, actual);

    private static EffectsResult.Differs? Above(string field, BigInteger cap, BigInteger actual) =>
        actual <= cap ? null : new EffectsResult.Differs(field, $"at most {Text(cap)}", Text(actual));

    private static string Text(BigInteger value) => value.ToString(CultureInfo.InvariantCulture);
}
