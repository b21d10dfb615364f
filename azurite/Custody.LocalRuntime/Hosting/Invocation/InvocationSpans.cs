using System.Diagnostics;

namespace Custody.LocalRuntime.Hosting.Invocation;

/// <summary>One span per invocation, as a child of whatever caused it.</summary>
internal static class InvocationSpans
{
    public const string SourceName = "Custody.LocalRuntime";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>
    /// Starts the span of a function. Without a usable <paramref name="traceParent"/> it belongs to the current span, and
    /// without that it begins a trace.
    /// </summary>
    public static Activity? Start(string function, string trigger, ActivityKind kind, string? traceParent = null, string? traceState = null)
    {
        var span = ActivityContext.TryParse(traceParent, traceState, isRemote: true, out var parent)
            ? Source.StartActivity(function, kind, parent)
            : Source.StartActivity(function, kind);
        span?.SetTag("faas.name", function);
        span?.SetTag("faas.trigger", trigger);
        return span;
    }
}
