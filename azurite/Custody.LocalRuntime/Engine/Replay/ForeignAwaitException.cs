namespace Custody.LocalRuntime.Engine.Replay;

/// <summary>An orchestrator that left its thread.</summary>
internal sealed class ForeignAwaitException() : InvalidOperationException(
    "The orchestrator awaited something that is not the orchestration context's. Orchestrators run on one thread and may await only the " +
    "context's own tasks (CallActivityAsync, CreateTimer, WaitForExternalEvent, and Task.WhenAll or WhenAny over them), " +
    "without ConfigureAwait(false). Move everything else into an activity.");
