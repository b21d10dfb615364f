using Azure;
using Custody.LocalRuntime.Engine.Replay;

namespace Custody.LocalRuntime.Engine.Dispatch;

/// <summary>An execution brought to where its history ends, and what its next commit must match.</summary>
internal sealed class OrchestrationSession(OrchestrationExecutor executor, ETag? sentinel, long nextOrdinal)
{
    public OrchestrationExecutor Executor { get; } = executor;

    public string ExecutionId => Executor.Start.ExecutionId;

    /// <summary>The sentinel's ETag; null before the first commit of an instance.</summary>
    public ETag? Sentinel { get; set; } = sentinel;

    public long NextOrdinal { get; set; } = nextOrdinal;

    /// <summary>True until the execution's start row is committed.</summary>
    public bool StartsNow { get; set; }

    /// <summary>True when the execution overwrites the one that continued as new; see Checkpoint.MustFitFirst.</summary>
    public bool Replaces { get; set; }
}
