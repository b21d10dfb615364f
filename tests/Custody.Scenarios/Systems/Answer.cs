using System.Text.Json.Nodes;

namespace Custody.Scenarios.Systems;

/// <summary>An HTTP answer; status 0 when there was none.</summary>
internal sealed record Answer(int Status, JsonObject? Body, string Text)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    public string? this[string member] => Body?[member]?.ToString();
}
