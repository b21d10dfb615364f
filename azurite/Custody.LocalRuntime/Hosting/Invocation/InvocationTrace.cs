using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;

namespace Custody.LocalRuntime.Hosting.Invocation;

/// <summary>The trace of an invocation: of its own span when someone listens, of the caller's otherwise.</summary>
internal sealed class InvocationTrace(string? parent, string? state) : TraceContext
{
    public override string TraceParent { get; } = parent ?? "";

    public override string TraceState { get; } = state ?? "";

    public static InvocationTrace Of(Activity? activity, string? parent = null, string? state = null) =>
        activity is null ? new(parent, state) : new(activity.Id, activity.TraceStateString);
}
