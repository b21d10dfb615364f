using System.Text.Json.Nodes;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Crashes;

/// <summary>What the crash harness must know of a chain family; the rest of it is the same for all.</summary>
internal interface ICrashChain
{
    /// <summary>The members of the n-th payment's request that are not the usual ones. No two payments look alike on the chain.</summary>
    JsonObject Payment(int number);

    /// <summary>Whether a call to the node changes something, and is about the n-th payment.</summary>
    bool IsEffectOf(NodeCall call, int number);

    /// <summary>The payments' transactions that wait in the node's pool.</summary>
    Task<string?> LeftInPoolAsync(World world);
}
