using System.Text.Json;

namespace Custody.LocalRuntime.Engine.History;

/// <summary>The ParentTraceContext column: a W3C trace context with the official member names.</summary>
internal static class TraceContextJson
{
    private const string Null = "null";

    private sealed record Shape(string? TraceParent, string? TraceState, string? Id, string? SpanId, DateTimeOffset? ActivityStartTime);

    public static string Write(string? traceParent) =>
        traceParent is null ? Null : JsonSerializer.Serialize(new Shape(traceParent, null, null, null, null));

    /// <summary>The trace parent; null too for what is not readable, since a lost trace must not stop an instance.</summary>
    public static string? Read(string? text)
    {
        try
        {
            return text is null or Null or "" ? null : JsonSerializer.Deserialize<Shape>(text)?.TraceParent;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
