using System.Globalization;
using System.Numerics;

namespace Custody.Chains.Evm;

/// <summary>Answers as texts that are equal exactly when the answers are, lists in them included.</summary>
internal static class AnswerKey
{
    public static string Of(string text) => text;

    public static string Of(ulong number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Of(BigInteger number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Of(byte[]? data) => data is null ? "none" : $"0x{Convert.ToHexStringLower(data)}";

    // The whole header and not its hash alone: its time and base fee are used, and nothing here checks them against the hash.
    public static string Of(EvmHeader header) => string.Create(
        CultureInfo.InvariantCulture, $"{header.Number} {header.Hash} {header.ParentHash} {header.Timestamp.ToUnixTimeSeconds()} {header.BaseFee}");

    public static string Of(EvmBlock block) => string.Join('\n', block.Transactions.Select(Of).Prepend(Of(block.Header)));

    public static string Of(EvmTransaction transaction) => string.Create(
        CultureInfo.InvariantCulture,
        $"{transaction.Hash} {transaction.From} {transaction.To} {transaction.Value} {transaction.Nonce} {transaction.InputLength} {transaction.ChainId}");

    public static string Of(LocatedTransaction located) => $"{Of(located.Transaction)} in {Of(located.Block)}";

    public static string Of(EvmReceipt receipt)
    {
        var head = string.Create(
            CultureInfo.InvariantCulture, $"{receipt.TxId} in {Of(receipt.Block)} {receipt.Succeeded} {receipt.GasUsed} {receipt.EffectiveGasPrice}");
        return receipt.Logs is null ? $"{head} without logs" : string.Join('\n', receipt.Logs.Select(Of).Prepend(head));
    }

    public static string OfLogs(IReadOnlyList<EvmBlockLog> logs) =>
        string.Join('\n', logs.Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.TxId} {l.Index} {Of(l.Log)}")));

    private static string Of(EvmLog log) => $"{log.Address} {string.Join(' ', log.Topics)} {log.Data}";

    private static string Of(BlockPoint? point) => point is null ? "no block" : string.Create(CultureInfo.InvariantCulture, $"{point.Number} {point.Hash}");
}
