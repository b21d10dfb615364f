using System.Numerics;
using System.Text.Json;
using Custody.Core.Assets;

namespace Custody.Chains.Evm;

/// <summary>An EVM node over JSON-RPC (Ethereum execution-apis). It holds no state and believes no answer that contradicts its question.</summary>
/// <param name="http">The connection pool; its own time-out does not matter, the options' does.</param>
/// <param name="options">The endpoint and limits.</param>
/// <param name="time">What the time-out is measured with.</param>
public sealed class EvmNode(HttpClient http, EvmNodeOptions options, TimeProvider time) : IEvmNode
{
    private const string FeeBlocks = "0xa";
    private const int Reverted = 3;
    private static readonly int[] Median = [50];
    private readonly JsonRpcClient _rpc = new(http, new JsonRpcOptions(options.Endpoint, options.Timeout, options.MaxResponseBytes), time);

    /// <inheritdoc />
    public async Task<ulong> ChainIdAsync(CancellationToken cancellation) =>
        NodeText.Number(await AskAsync("eth_chainId", [], cancellation), "chainId");

    /// <inheritdoc />
    public async Task<string> GenesisHashAsync(CancellationToken cancellation) =>
        (await HeaderAsync(BlockReference.At(0), cancellation))?.Hash ?? throw new NodeAnswerException("The node has no genesis block.");

    /// <inheritdoc />
    public async Task<EvmHeader?> HeaderAsync(BlockReference block, CancellationToken cancellation) =>
        await BlockAsync(block, false, cancellation) is { } found ? Asked(NodeObjects.Header(found), block) : null;

    /// <inheritdoc />
    public async Task<EvmBlock?> BlockAsync(BlockReference block, CancellationToken cancellation)
    {
        if (await BlockAsync(block, true, cancellation) is not { } found)
        {
            return null;
        }

        var full = NodeObjects.Block(found);
        _ = Asked(full.Header, block);
        return full;
    }

    /// <inheritdoc />
    public async Task<ulong> TransactionCountAsync(EvmAddress account, BlockReference block, CancellationToken cancellation) =>
        NodeText.Number(await AskAsync("eth_getTransactionCount", [account.ToString(), block.ToString()], cancellation), "nonce");

    /// <inheritdoc />
    public async Task<BigInteger> BalanceAsync(EvmAddress account, BlockReference block, CancellationToken cancellation) =>
        NodeText.Quantity(await AskAsync("eth_getBalance", [account.ToString(), block.ToString()], cancellation), "balance");

    /// <inheritdoc />
    public async Task<byte[]> CodeAsync(EvmAddress address, BlockReference block, CancellationToken cancellation) =>
        NodeText.Bytes(await AskAsync("eth_getCode", [address.ToString(), block.ToString()], cancellation), "code");

    /// <inheritdoc />
    public async Task<byte[]?> CallAsync(EvmAddress contract, ReadOnlyMemory<byte> data, BlockReference block, CancellationToken cancellation)
    {
        var call = new { to = contract.ToString(), data = $"0x{Convert.ToHexStringLower(data.Span)}" };
        return await RunAsync("eth_call", [call, block.ToString()], cancellation) is { } returned ? NodeText.Bytes(returned, "call") : null;
    }

    /// <inheritdoc />
    public async Task<ulong?> EstimateGasAsync(EvmAddress from, EvmAddress contract, ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        var call = new { from = from.ToString(), to = contract.ToString(), data = $"0x{Convert.ToHexStringLower(data.Span)}" };
        return await RunAsync("eth_estimateGas", [call], cancellation) is { } gas ? NodeText.Number(gas, "gas") : null;
    }

    /// <inheritdoc />
    public async Task<FeeMarket> FeeMarketAsync(CancellationToken cancellation) => NodeObjects.Fees(
        await AskAsync("eth_feeHistory", [FeeBlocks, BlockReference.Latest.ToString(), Median], cancellation),
        await AskAsync("eth_maxPriorityFeePerGas", [], cancellation));

    /// <inheritdoc />
    public async Task<LocatedTransaction?> TransactionAsync(string txId, CancellationToken cancellation)
    {
        var found = await AskAsync("eth_getTransactionByHash", [txId], cancellation);
        if (found.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var transaction = NodeObjects.Transaction(found);
        return transaction.Transaction.Hash == txId ? transaction : throw new NodeAnswerException("The node answered with another transaction.");
    }

    /// <inheritdoc />
    public async Task<EvmReceipt?> ReceiptAsync(string txId, CancellationToken cancellation)
    {
        var found = await AskAsync("eth_getTransactionReceipt", [txId], cancellation);
        if (found.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var receipt = NodeObjects.Receipt(found);
        return receipt.TxId == txId ? receipt : throw new NodeAnswerException("The node answered with another transaction's receipt.");
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<EvmBlockLog>> LogsAsync(
        BlockPoint block, IReadOnlyList<EvmAddress> contracts, string topic, int place, IReadOnlyList<string> others, CancellationToken cancellation)
    {
        var filter = new { blockHash = block.Hash, address = contracts.Select(c => c.ToString()).ToArray(), topics = (object?[])[topic, .. Enumerable.Repeat<object?>(null, place - 1), others] };
        var logs = NodeObjects.Logs(await AskAsync("eth_getLogs", [filter], cancellation), block);
        return logs.All(l => contracts.Contains(l.Log.Address) && l.Log.Topics is [var first, ..] && first == topic && l.Log.Topics.Count > place && others.Contains(l.Log.Topics[place], StringComparer.Ordinal))
            ? logs
            : throw new NodeAnswerException("The node answered with a log that was not asked for.");
    }

    /// <inheritdoc />
    public async Task<BroadcastAnswer> SendAsync(ReadOnlyMemory<byte> signed, string txId, CancellationToken cancellation)
    {
        try
        {
            var raw = $"0x{Convert.ToHexStringLower(signed.Span)}";
            return await _rpc.CallAsync("eth_sendRawTransaction", [raw], cancellation) switch
            {
                JsonRpcReply.Result(var hash) when NodeText.Hash(hash, "transaction hash") == txId =>
                    new BroadcastAnswer(BroadcastVerdict.Accepted, txId),
                JsonRpcReply.Error(var code, var message) => new BroadcastAnswer(BroadcastRefusals.Classify(message), $"{code}: {message}"),
                _ => new BroadcastAnswer(BroadcastVerdict.Unknown, "The node named another hash than ours."),
            };
        }
        catch (Exception fault) when (fault is NodeUnavailableException or NodeAnswerException)
        {
            return new BroadcastAnswer(BroadcastVerdict.Unknown, fault.Message);
        }
    }

    private static EvmHeader Asked(EvmHeader answered, BlockReference block) => block.Number is null || block.Number == answered.Number
        ? answered
        : throw new NodeAnswerException($"The node answered with block {answered.Number} instead of {block}.");

    private async Task<JsonElement?> BlockAsync(BlockReference block, bool full, CancellationToken cancellation) =>
        await _rpc.CallAsync("eth_getBlockByNumber", [block.ToString(), full], cancellation) switch
        {
            JsonRpcReply.Result(var found) => found.ValueKind == JsonValueKind.Null ? null : found,

            // geth says so of a tag before there is such a block; other nodes answer null.
            JsonRpcReply.Error(_, "finalized block not found" or "safe block not found") => null,
            var refused => throw Refused("eth_getBlockByNumber", refused),
        };

    private async Task<JsonElement> AskAsync(string method, object[] parameters, CancellationToken cancellation) =>
        await _rpc.CallAsync(method, parameters, cancellation) switch
        {
            JsonRpcReply.Result(var value) => value,
            var refused => throw Refused(method, refused),
        };

    // A revert is the contract's answer and not the node's refusal: code 3 (execution-apis), and the words of all clients.
    private async Task<JsonElement?> RunAsync(string method, object[] parameters, CancellationToken cancellation) =>
        await _rpc.CallAsync(method, parameters, cancellation) switch
        {
            JsonRpcReply.Result(var value) => value,
            JsonRpcReply.Error(var code, var message) when code == Reverted || message.Contains("revert", StringComparison.OrdinalIgnoreCase) => null,
            var refused => throw Refused(method, refused),
        };

    private static NodeAnswerException Refused(string method, JsonRpcReply reply) =>
        reply is JsonRpcReply.Error(var code, var message)
            ? new NodeAnswerException($"The node refused {method}: {code} {message}")
            : new NodeAnswerException($"The node's reply to {method} cannot be used.");
}
