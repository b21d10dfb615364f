namespace Custody.Chains.Bitcoin;

/// <summary>A node's verdict with its own words.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Detail">What the node said, or what happened to the call; for people and never parsed.</param>
public sealed record PoolAnswer(PoolVerdict Verdict, string Detail);
