namespace Custody.Chains.Evm;

/// <summary>A broadcast's verdict with the node's own words.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Detail">What the node said, or what happened to the call; for people and never parsed.</param>
public sealed record BroadcastAnswer(BroadcastVerdict Verdict, string Detail);
