using System.Numerics;
using System.Text.Json;

namespace Custody.Chains.Evm;

/// <summary>Reads a node's blocks, transactions and receipts. Members that we do not use are the node's own business.</summary>
internal static class NodeObjects
{
    private static readonly long LastUnixSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public static EvmHeader Header(JsonElement block)
    {
        var seconds = NodeText.Number(Member(block, "timestamp"), "timestamp");
        return new EvmHeader(
            NodeText.Number(Member(block, "number"), "number"),
            NodeText.Hash(Member(block, "hash"), "hash"),
            NodeText.Hash(Member(block, "parentHash"), "parentHash"),
            seconds <= (ulong)LastUnixSecond ? DateTimeOffset.FromUnixTimeSeconds((long)seconds) : throw NodeText.Malformed("timestamp"),
            Optional(block, "baseFeePerGas") is { } fee ? NodeText.Quantity(fee, "baseFeePerGas") : null);
    }

    public static EvmBlock Block(JsonElement block)
    {
        var header = Header(block);
        var located = Items(Member(block, "transactions"), "transactions").Select(Transaction).ToList();
        return located.TrueForAll(t => t.Block == header.Point)
            ? new EvmBlock(header, [.. located.Select(t => t.Transaction)])
            : throw new NodeAnswerException("A transaction in the node's block names another block.");
    }

    public static LocatedTransaction Transaction(JsonElement transaction)
    {
        var mined = new EvmTransaction(
            NodeText.Hash(Member(transaction, "hash"), "hash"),
            NodeText.Address(Member(transaction, "from"), "from"),
            Optional(transaction, "to") is { } to ? NodeText.Address(to, "to") : null,
            NodeText.Quantity(Member(transaction, "value"), "value"),
            NodeText.Number(Member(transaction, "nonce"), "nonce"),
            NodeText.DataLength(Member(transaction, "input"), "input"),
            Optional(transaction, "chainId") is { } chain ? NodeText.Number(chain, "chainId") : null);
        return new LocatedTransaction(mined, Optional(transaction, "blockHash") is null ? null : Place(transaction));
    }

    public static EvmReceipt Receipt(JsonElement receipt)
    {
        var status = NodeText.Number(Member(receipt, "status"), "status");
        return new EvmReceipt(
            NodeText.Hash(Member(receipt, "transactionHash"), "transactionHash"),
            Place(receipt),
            status <= 1 ? status == 1 : throw NodeText.Malformed("status"),
            NodeText.Number(Member(receipt, "gasUsed"), "gasUsed"),
            NodeText.Quantity(Member(receipt, "effectiveGasPrice"), "effectiveGasPrice"),
            Optional(receipt, "logs") is { } logs ? [.. Items(logs, "logs").Select(Log)] : null);
    }

    /// <summary>The logs of a block, in order; a log of another, or one that is said to be removed, is no answer.</summary>
    public static IReadOnlyList<EvmBlockLog> Logs(JsonElement logs, BlockPoint block)
    {
        var read = Items(logs, "logs").Select(l => Place(l) == block && Optional(l, "removed") is not { ValueKind: JsonValueKind.True }
            ? new EvmBlockLog(NodeText.Hash(Member(l, "transactionHash"), "transactionHash"), NodeText.Number(Member(l, "logIndex"), "logIndex"), Log(l))
            : throw new NodeAnswerException("A log in the node's answer is of another block.")).OrderBy(l => l.Index).ToList();
        return read.DistinctBy(l => l.Index).Count() == read.Count ? read : throw new NodeAnswerException("The node gave a log twice.");
    }

    private static EvmLog Log(JsonElement log) => new(
        NodeText.Address(Member(log, "address"), "address"),
        [.. Items(Member(log, "topics"), "topics").Select(t => NodeText.Hash(t, "topics"))],
        NodeText.Data(Member(log, "data"), "data"));

    public static FeeMarket Fees(JsonElement history, JsonElement suggestion)
    {
        var baseFees = Items(Member(history, "baseFeePerGas"), "baseFeePerGas").Select(f => NodeText.Quantity(f, "baseFeePerGas")).ToList();
        var tips = Optional(history, "reward") is { } rewards ? Items(rewards, "reward").Select(MedianTip).ToList() : [];
        return baseFees.Count > 0
            ? new FeeMarket(baseFees[^1], NodeText.Quantity(suggestion, "maxPriorityFeePerGas"), tips)
            : throw NodeText.Malformed("baseFeePerGas");
    }

    private static BigInteger MedianTip(JsonElement percentiles) =>
        Items(percentiles, "reward").ToList() is [var only] ? NodeText.Quantity(only, "reward") : throw NodeText.Malformed("reward");

    private static BlockPoint Place(JsonElement holder) => new(
        NodeText.Number(Member(holder, "blockNumber"), "blockNumber"), NodeText.Hash(Member(holder, "blockHash"), "blockHash"));

    private static IEnumerable<JsonElement> Items(JsonElement array, string name) =>
        array.ValueKind == JsonValueKind.Array ? array.EnumerateArray() : throw NodeText.Malformed(name);

    private static JsonElement Member(JsonElement holder, string name) => Optional(holder, name) ?? throw NodeText.Malformed(name);

    private static JsonElement? Optional(JsonElement holder, string name)
    {
        if (holder.ValueKind != JsonValueKind.Object)
        {
            throw new NodeAnswerException("The node's answer is not an object.");
        }

        return holder.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }
}
