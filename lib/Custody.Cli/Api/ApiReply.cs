using System.Text.Json;
using System.Text.Json.Nodes;

namespace Custody.Cli.Api;

/// <summary>What came of a call.</summary>
internal abstract record ApiReply
{
    private ApiReply()
    {
    }

    /// <summary>The API did what was asked.</summary>
    public sealed record Answered(int Status, JsonElement Body) : ApiReply;

    /// <summary>The API refused, and says why.</summary>
    public sealed record Problem(JsonObject Body) : ApiReply;

    /// <summary>The call never reached the API.</summary>
    public sealed record Unreachable(string Detail) : ApiReply;

    /// <summary>The call was sent and no answer that can be read came back: a write may or may not have happened.</summary>
    public sealed record Unknown(string Detail) : ApiReply;
}
