using System.Diagnostics;
using Custody.Core.Withdrawals;
using Microsoft.AspNetCore.Http;

namespace Custody.Functions.Telemetry;

/// <summary>
/// Traces of the pipeline. A withdrawal's stages all belong to the trace of its request, however many processes and restarts
/// lie between: the traceparent is in its file.
/// </summary>
public static class Traces
{
    /// <summary>The name of the source.</summary>
    public const string Name = "Custody";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>A stage's span under the request's trace, linked to the activity that runs it; null when nobody listens.</summary>
    public static Activity? Stage(string stage, WithdrawalState state)
    {
        var known = ActivityContext.TryParse(state.TraceParent, null, isRemote: true, out var parent);
        var links = Activity.Current is { } current ? new[] { new ActivityLink(current.Context) } : [];
        var span = known
            ? Source.StartActivity($"custody {stage}", ActivityKind.Internal, parent, links: links)
            : Source.StartActivity($"custody {stage}");
        span?.SetTag("custody.withdrawal.id", state.Id);
        span?.SetTag("custody.withdrawal.attempt", state.Attempt);
        span?.SetTag("custody.withdrawal.status", state.Status.ToString());
        return span;
    }

    /// <summary>The span of a step of an order of upkeep, which no request's trace goes with; null when nobody listens.</summary>
    public static Activity? Upkeep(string step, string orderId)
    {
        var span = Source.StartActivity($"custody upkeep {step}");
        span?.SetTag("custody.order.id", orderId);
        return span;
    }

    /// <summary>
    /// Writes a verdict to the span that runs: the last one that a stage gives stays. A stage that did not do what it is for is an error, with
    /// the refusal's code as <c>error.type</c>; what waits for its time, and an end that people decided on, is none.
    /// </summary>
    public static void Verdict(string outcome, string? code, bool isError)
    {
        if (Activity.Current is not { } span || span.Source.Name != Name)
        {
            return;
        }

        span.SetTag("custody.verdict", outcome);
        span.SetTag("custody.verdict.code", code);
        span.SetTag("error.type", isError ? code ?? outcome : null);
        span.SetStatus(isError ? ActivityStatusCode.Error : ActivityStatusCode.Unset, isError ? code : null);
    }

    /// <summary>The traceparent that a request's withdrawal keeps: the span that handles it, or the caller's where nothing traces here.</summary>
    public static string? Parent(HttpRequest request) =>
        Activity.Current?.Id ?? (ActivityContext.TryParse(request.Headers.TraceParent, null, out _) ? request.Headers.TraceParent.ToString() : null);

    /// <summary>The span of a call to another role, whose trace goes along in the call's headers; null when nobody listens.</summary>
    public static Activity? Call(string path) => Source.StartActivity($"custody call {path}", ActivityKind.Client);

    /// <summary>The span of a request at the door, under the caller's trace; null when nobody listens.</summary>
    public static Activity? Door(string name) => Source.StartActivity($"custody {name}", ActivityKind.Server);
}
