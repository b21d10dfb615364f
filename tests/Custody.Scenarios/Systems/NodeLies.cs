using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;

namespace Custody.Scenarios.Systems;

/// <summary>
/// The named behaviours of the node double. Each answers the calls that it is about and leaves the others (null) to the next
/// and at last to the real node.
/// </summary>
internal static class NodeLies
{
    public static IReadOnlyDictionary<string, Func<NodeDouble, NodeCall, Task<JsonObject?>>> All { get; } =
        new Dictionary<string, Func<NodeDouble, NodeCall, Task<JsonObject?>>>(StringComparer.Ordinal)
        {
            ["wrongChainId"] = (_, call) => Own(call, "eth_chainId", () => "0x1"),
            ["wrongGenesis"] = WrongGenesis,
            ["nonceTooHigh"] = (_, call) => Changed(call, "eth_getTransactionCount", count => count + 7),
            ["nonceTooLow"] = (_, call) => Own(call, "eth_getTransactionCount", () => "0x0"),
            ["balanceTooHigh"] = (_, call) => Changed(call, "eth_getBalance", balance => balance * 2),
            ["standsStill"] = StandsStill,
            ["feesTooHigh"] = FeesTooHigh,
            ["losesBroadcast"] = (node, call) => Task.FromResult(call.Method == "eth_sendRawTransaction" ? call.Result(node.Lose(call)) : null),
            ["refusesBroadcast"] = (_, call) => Task.FromResult(call.Method == "eth_sendRawTransaction" ? call.Error("invalid sender") : null),
            ["underpricesBroadcast"] = (_, call) => Task.FromResult(call.Method == "eth_sendRawTransaction" ? call.Error("transaction underpriced") : null),
            ["missesFundsOfBroadcast"] = (_, call) => Task.FromResult(call.Method == "eth_sendRawTransaction" ? call.Error("insufficient funds for gas * price + value") : null),
            ["keepsAndRefusesBroadcast"] = KeepsAndRefuses,
            ["losesAnswerToBroadcast"] = LosesAnswer,
            ["hidesTransactions"] = (_, call) => Own(call, ["eth_getTransactionByHash", "eth_getTransactionReceipt"], () => null),
            ["showsOtherRecipient"] = (_, call) => Shown(call, shown => shown["to"] = "0x00000000000000000000000000000000000000aa"),
            ["showsOtherAmount"] = (_, call) => Shown(call, shown => shown["value"] = "0x1"),
            ["showsFailure"] = ShowsFailure,
            ["showsOtherTransfer"] = ShowsOtherTransfer,
            ["silent"] = (_, _) => throw new NodeSilenceException(),
            ["killsAppBeforeBroadcast"] = (node, call) => KillApp(node, call, afterwards: false),
            ["killsAppAfterBroadcast"] = (node, call) => KillApp(node, call, afterwards: true),
        };

    private static Task<JsonObject?> Own(NodeCall call, string method, Func<string?> result) => Own(call, [method], result);

    private static Task<JsonObject?> Own(NodeCall call, string[] methods, Func<string?> result) =>
        Task.FromResult(methods.Contains(call.Method) ? call.Result(result() is { } text ? JsonValue.Create(text) : null) : null);

    private static async Task<JsonObject?> Changed(NodeCall call, string method, Func<BigInteger, BigInteger> change)
    {
        if (call.Method != method)
        {
            return null;
        }

        var answer = await call.AskAsync();
        return call.Result(Hex(change(ChainLedger.Number(answer["result"]!.GetValue<string>()))));
    }

    private static async Task<JsonObject?> WrongGenesis(NodeDouble node, NodeCall call) =>
        call.Method == "eth_getBlockByNumber" && call.Parameters[0]!.GetValue<string>() == "0x0"
            ? await call.ChangedAsync(block => block["hash"] = "0x" + new string('1', 64))
            : null;

    private static async Task<JsonObject?> FeesTooHigh(NodeDouble node, NodeCall call)
    {
        const string Dear = "0x2386f26fc10000";
        return call.Method switch
        {
            "eth_maxPriorityFeePerGas" => call.Result(Dear),
            "eth_feeHistory" => await call.ChangedAsync(history => history["baseFeePerGas"] = new JsonArray([.. history["baseFeePerGas"]!.AsArray().Select(_ => JsonValue.Create(Dear))])),
            _ => null,
        };
    }

    // The chain as it was when this was switched on: later blocks are not there, nor what they hold, nor their state.
    private static async Task<JsonObject?> StandsStill(NodeDouble node, NodeCall call)
    {
        var height = await node.StandsAtAsync();
        switch (call.Method)
        {
            case "eth_getBlockByNumber":
                return IsAfter(call.Parameters[0], height) ? call.Result(null) : await node.AskAsync(AsOf(call, 0, height));
            case "eth_getTransactionByHash" or "eth_getTransactionReceipt":
                var answer = await call.AskAsync();
                return IsAfter(answer["result"]?["blockNumber"], height) ? call.Result(null) : answer;
            case "eth_getTransactionCount" or "eth_getBalance" or "eth_getCode" or "eth_call":
                return IsAfter(call.Parameters[1], height) ? call.Error("header not found") : await node.AskAsync(AsOf(call, 1, height));
            default:
                return null;
        }
    }

    private static bool IsAfter(JsonNode? block, BigInteger height) =>
        block?.GetValue<string>() is { } text && text.StartsWith("0x", StringComparison.Ordinal) && ChainLedger.Number(text) > height;

    private static JsonObject AsOf(NodeCall call, int index, BigInteger height)
    {
        var request = (JsonObject)call.Request.DeepClone();
        if (request["params"]![index]!.GetValue<string>() == "latest")
        {
            request["params"]![index] = Hex(height);
        }

        return request;
    }

    private static Task<JsonObject?> KeepsAndRefuses(NodeDouble node, NodeCall call)
    {
        if (call.Method != "eth_sendRawTransaction")
        {
            return Task.FromResult<JsonObject?>(null);
        }

        node.Lose(call);
        return Task.FromResult<JsonObject?>(call.Error("invalid sender"));
    }

    private static async Task<JsonObject?> LosesAnswer(NodeDouble node, NodeCall call)
    {
        if (call.Method != "eth_sendRawTransaction")
        {
            return null;
        }

        await call.AskAsync();
        throw new NodeSilenceException();
    }

    private static async Task<JsonObject?> Shown(NodeCall call, Action<JsonObject> change) =>
        call.Method == "eth_getTransactionByHash" ? await call.ChangedAsync(change) : null;

    private static async Task<JsonObject?> ShowsFailure(NodeDouble node, NodeCall call) =>
        call.Method == "eth_getTransactionReceipt" ? await call.ChangedAsync(receipt => receipt["status"] = "0x0") : null;

    private static async Task<JsonObject?> ShowsOtherTransfer(NodeDouble node, NodeCall call) => call.Method == "eth_getTransactionReceipt"
        ? await call.ChangedAsync(receipt =>
        {
            foreach (var log in receipt["logs"]!.AsArray())
            {
                log!["data"] = "0x" + new string('0', 63) + "1";
            }
        })
        : null;

    private static async Task<JsonObject?> KillApp(NodeDouble node, NodeCall call, bool afterwards)
    {
        if (call.Method != "eth_sendRawTransaction")
        {
            return null;
        }

        if (afterwards)
        {
            await call.AskAsync();
        }

        node.Set("killsAppBeforeBroadcast", false);
        node.Set("killsAppAfterBroadcast", false);
        node.KillApp();
        throw new NodeSilenceException();
    }

    private static JsonNode Hex(BigInteger number) => number.IsZero ? "0x0" : "0x" + number.ToString("x", CultureInfo.InvariantCulture).TrimStart('0');
}
