using System.Text.Json;

namespace Custody.Chains.Evm;

/// <summary>A well-formed JSON-RPC 2.0 reply to our call.</summary>
internal abstract record JsonRpcReply
{
    private JsonRpcReply()
    {
    }

    /// <summary>It worked; the result may be a JSON null.</summary>
    public sealed record Result(JsonElement Value) : JsonRpcReply;

    /// <summary>The node said no.</summary>
    public sealed record Error(long Code, string Message) : JsonRpcReply;
}
