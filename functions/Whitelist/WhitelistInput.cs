namespace Custody.Functions.Whitelist;

/// <summary>What a whitelist stage's activity is given: which entry, and nothing that could authorise anything.</summary>
/// <param name="Version">Always 1.</param>
/// <param name="Key">The entry's key, which is the instance's id.</param>
public sealed record WhitelistInput(int Version, string Key);
