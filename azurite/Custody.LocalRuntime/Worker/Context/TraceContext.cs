namespace Microsoft.Azure.Functions.Worker;

/// <summary>The W3C trace context of an invocation.</summary>
public abstract class TraceContext
{
    /// <summary>The <c>traceparent</c>: trace, span and flags.</summary>
    public abstract string TraceParent { get; }

    /// <summary>The <c>tracestate</c>.</summary>
    public abstract string TraceState { get; }
}
