using System.Net.Http.Headers;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Custody.Chains.Evm;

namespace Custody.Chains.Bitcoin;

/// <summary>
/// A Bitcoin node over JSON-RPC 2.0, which Bitcoin Core speaks from version 28 on. It holds no state and believes no answer that
/// contradicts its question: blocks and transactions are parsed from their bytes, and hash to what was asked for.
/// </summary>
/// <param name="http">The connection pool; its own time-out does not matter, the options' does.</param>
/// <param name="options">The endpoint and limits.</param>
/// <param name="time">What the time-out is measured with.</param>
public sealed class BitcoinNode(HttpClient http, BitcoinNodeOptions options, TimeProvider time) : IBitcoinNode
{
    // Bitcoin Core, rpc/protocol.h.
    private const int NotFound = -5;
    private const int NoSuchParameter = -8;
    private const int BytesOnly = 0;
    private readonly JsonRpcClient _rpc = new(
        http,
        new JsonRpcOptions(options.Endpoint, options.Timeout, options.MaxResponseBytes, new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.User}:{options.Password}")))),
        time);

    /// <inheritdoc />
    public async Task<BitcoinChainState> StateAsync(CancellationToken cancellation)
    {
        var info = await RequireAsync("getblockchaininfo", [], cancellation);
        return new BitcoinChainState(
            BitcoinJson.Text(BitcoinJson.Member(info, "chain"), "chain"),
            BitcoinJson.Number(BitcoinJson.Member(info, "blocks"), "blocks"),
            BitcoinJson.Hash(BitcoinJson.Member(info, "bestblockhash"), "bestblockhash"),
            BitcoinJson.Flag(BitcoinJson.Member(info, "initialblockdownload"), "initialblockdownload"));
    }

    /// <inheritdoc />
    public async Task<TransactionId?> HashAtAsync(int height, CancellationToken cancellation) =>
        await FindAsync("getblockhash", [height], cancellation, NoSuchParameter) is { } hash ? BitcoinJson.Hash(hash, "hash") : null;

    /// <inheritdoc />
    public async Task<BlockHeader?> HeaderAsync(TransactionId hash, CancellationToken cancellation)
    {
        if (await FindAsync("getblockheader", [hash.ToString(), false], cancellation) is not { } found)
        {
            return null;
        }

        var bytes = BitcoinJson.Bytes(found, "header");
        return bytes.Length == BlockHeader.Length && BlockHeader.Of(bytes) is var header && header.Hash == hash
            ? header
            : throw new NodeAnswerException("The node's header is not the one that was asked for.");
    }

    /// <inheritdoc />
    public async Task<BitcoinBlock?> BlockAsync(TransactionId hash, CancellationToken cancellation)
    {
        if (await FindAsync("getblock", [hash.ToString(), BytesOnly], cancellation) is not { } found)
        {
            return null;
        }

        return BlockParser.Parse(BitcoinJson.Bytes(found, "block")) switch
        {
            BlockReading.Read { Block: var block } when block.Header.Hash == hash => block,
            BlockReading.Malformed malformed => throw new NodeAnswerException(malformed.Reason),
            _ => throw new NodeAnswerException("The node's block is not the one that was asked for."),
        };
    }

    /// <inheritdoc />
    public async Task<UnspentOutput?> UnspentAsync(Outpoint outpoint, bool withPool, CancellationToken cancellation)
    {
        var found = await RequireAsync("gettxout", [outpoint.TransactionId.ToString(), outpoint.Index, withPool], cancellation);
        if (found.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var script = BitcoinJson.Bytes(BitcoinJson.Member(BitcoinJson.Member(found, "scriptPubKey"), "hex"), "scriptPubKey");
        return new UnspentOutput(
            new TransactionOutput(Satoshi.Of(BitcoinJson.Satoshi(BitcoinJson.Member(found, "value"), "value")), script),
            BitcoinJson.Number(BitcoinJson.Member(found, "confirmations"), "confirmations"),
            BitcoinJson.Flag(BitcoinJson.Member(found, "coinbase"), "coinbase"));
    }

    /// <inheritdoc />
    public async Task<FoundTransaction?> TransactionAsync(TransactionId id, CancellationToken cancellation)
    {
        if (await FindAsync("getrawtransaction", [id.ToString(), true], cancellation) is not { } found)
        {
            return null;
        }

        var transaction = TransactionParser.Parse(BitcoinJson.Bytes(BitcoinJson.Member(found, "hex"), "hex")) is TransactionReading.Read { Transaction: var read } && read.Id == id
            ? read
            : throw new NodeAnswerException("The node's transaction is not the one that was asked for.");

        // Of a block that has left the best chain there are no confirmations: it is in no block that counts.
        var confirmations = BitcoinJson.Optional(found, "confirmations") is { } depth ? BitcoinJson.Number(depth, "confirmations") : 0;
        return new FoundTransaction(
            transaction, confirmations > 0 ? BitcoinJson.Hash(BitcoinJson.Member(found, "blockhash"), "blockhash") : null, confirmations);
    }

    /// <inheritdoc />
    public async Task<PoolEntry?> PoolEntryAsync(TransactionId id, CancellationToken cancellation)
    {
        if (await FindAsync("getmempoolentry", [id.ToString()], cancellation) is not { } found)
        {
            return null;
        }

        var fees = BitcoinJson.Member(found, "fees");
        return new PoolEntry(
            Size("vsize"), Fee("base"), Size("ancestorsize"), Fee("ancestor"), Size("descendantsize"), Fee("descendant"));

        int Size(string name) => BitcoinJson.Number(BitcoinJson.Member(found, name), name);
        BigInteger Fee(string name) => BitcoinJson.Satoshi(BitcoinJson.Member(fees, name), name);
    }

    /// <inheritdoc />
    public async Task<FeeRate?> EstimateAsync(int blocks, EstimateMode mode, CancellationToken cancellation)
    {
        var asked = mode switch
        {
            EstimateMode.Economical => "economical",
            EstimateMode.Conservative => "conservative",
            _ => throw new ArgumentOutOfRangeException(nameof(mode)),
        };
        var estimate = await RequireAsync("estimatesmartfee", [blocks, asked], cancellation);
        return BitcoinJson.Optional(estimate, "feerate") is { } rate ? Rate(rate, "feerate") : null;
    }

    /// <inheritdoc />
    public async Task<FeeRate> LeastRateAsync(CancellationToken cancellation)
    {
        var pool = await RequireAsync("getmempoolinfo", [], cancellation);
        var (now, ever) = (Rate(BitcoinJson.Member(pool, "mempoolminfee"), "mempoolminfee"), Rate(BitcoinJson.Member(pool, "minrelaytxfee"), "minrelaytxfee"));
        return now > ever ? now : ever;
    }

    /// <inheritdoc />
    public async Task<PoolAnswer> TestAsync(ReadOnlyMemory<byte> signed, CancellationToken cancellation)
    {
        var answers = await RequireAsync("testmempoolaccept", [new[] { Convert.ToHexStringLower(signed.Span) }], cancellation);
        var answer = answers.ValueKind == JsonValueKind.Array && answers.GetArrayLength() == 1 ? answers[0] : throw BitcoinJson.Malformed("answer");
        if (BitcoinJson.Optional(answer, "allowed") is { } allowed && BitcoinJson.Flag(allowed, "allowed"))
        {
            return new PoolAnswer(PoolVerdict.Accepted, "allowed");
        }

        var reason = BitcoinJson.Optional(answer, "reject-reason") is { } said ? BitcoinJson.Text(said, "reject-reason") : "";
        return new PoolAnswer(PoolRefusals.OfReason(reason), reason);
    }

    /// <inheritdoc />
    public async Task<PoolAnswer> SendAsync(ReadOnlyMemory<byte> signed, CancellationToken cancellation)
    {
        if (TransactionParser.Parse(signed) is not TransactionReading.Read { Transaction: var transaction })
        {
            throw new ArgumentException("The bytes are not a Bitcoin transaction.", nameof(signed));
        }

        try
        {
            return await _rpc.CallAsync("sendrawtransaction", [Convert.ToHexStringLower(signed.Span)], cancellation) switch
            {
                JsonRpcReply.Result { Value: var id } when BitcoinJson.Hash(id, "txid") == transaction.Id => new PoolAnswer(PoolVerdict.Accepted, transaction.Id.ToString()),
                JsonRpcReply.Error error => new PoolAnswer(PoolRefusals.OfError(error.Code, error.Message), error.Message),
                _ => new PoolAnswer(PoolVerdict.Unknown, "The node named another transaction."),
            };
        }
        catch (Exception silence) when (silence is NodeUnavailableException or NodeAnswerException)
        {
            return new PoolAnswer(PoolVerdict.Unknown, silence.Message);
        }
    }

    // Bitcoin per 1000 virtual bytes, which is satoshi per 1000 of them, digit by digit.
    private static FeeRate Rate(JsonElement value, string name) => new(Satoshi.Of(BitcoinJson.Satoshi(value, name)));

    private async Task<JsonElement?> FindAsync(string method, object[] parameters, CancellationToken cancellation, int absent = NotFound) =>
        await _rpc.CallAsync(method, parameters, cancellation) switch
        {
            JsonRpcReply.Result result => result.Value,
            JsonRpcReply.Error error when error.Code == absent => null,
            JsonRpcReply.Error error => throw Said(method, error),
            _ => throw new NodeAnswerException($"The node's answer to {method} is none."),
        };

    private async Task<JsonElement> RequireAsync(string method, object[] parameters, CancellationToken cancellation) =>
        await _rpc.CallAsync(method, parameters, cancellation) switch
        {
            JsonRpcReply.Result result => result.Value,
            JsonRpcReply.Error error => throw Said(method, error),
            _ => throw new NodeAnswerException($"The node's answer to {method} is none."),
        };

    private static NodeAnswerException Said(string method, JsonRpcReply.Error error) => new($"The node said of {method}: {error.Message} ({error.Code}).");
}
