using System.Text.Json.Nodes;

namespace Custody.Scenarios.Systems;

/// <summary>A JSON-RPC call on its way to the node.</summary>
internal sealed record NodeCall(JsonObject Request, Func<Task<JsonObject>> AskAsync)
{
    public string Method => Request["method"]!.GetValue<string>();

    public JsonArray Parameters => Request["params"] as JsonArray ?? [];

    /// <summary>An answer with a result of the double's own.</summary>
    public JsonObject Result(JsonNode? result) => new() { ["jsonrpc"] = "2.0", ["id"] = Request["id"]?.DeepClone(), ["result"] = result };

    /// <summary>An error of the double's own.</summary>
    public JsonObject Error(string message) =>
        new() { ["jsonrpc"] = "2.0", ["id"] = Request["id"]?.DeepClone(), ["error"] = new JsonObject { ["code"] = -32000, ["message"] = message } };

    /// <summary>The node's answer with its result changed, where it has one.</summary>
    public async Task<JsonObject> ChangedAsync(Action<JsonObject> change)
    {
        var answer = await AskAsync();
        if (answer["result"] is JsonObject result)
        {
            change(result);
        }

        return answer;
    }
}
