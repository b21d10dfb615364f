namespace Custody.LocalRuntime.Engine.Replay;

/// <summary>A replay that went another way than the history.</summary>
internal sealed class NonDeterminismException(string difference) : Exception(
    $"Non-deterministic orchestrator: {difference}. Running instances need the code that they began with: " +
    "put the change in a new orchestrator version, and keep times, random values and I/O out of the orchestrator.");
