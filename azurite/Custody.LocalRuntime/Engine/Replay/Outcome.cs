using Custody.LocalRuntime.Engine.History;
using Microsoft.DurableTask;

namespace Custody.LocalRuntime.Engine.Replay;

/// <summary>What an episode has led to.</summary>
internal abstract record Outcome
{
    /// <summary>The orchestrator waits.</summary>
    public sealed record Waiting(bool Suspended) : Outcome;

    /// <summary>The execution has ended.</summary>
    public sealed record Ended(string Status, string? Result, TaskFailureDetails? Failure) : Outcome;

    /// <summary>A new execution begins with this input, and with these events still to be seen.</summary>
    public sealed record StartOver(string? Input, IReadOnlyList<HistoryEvent> Carried) : Outcome;
}
