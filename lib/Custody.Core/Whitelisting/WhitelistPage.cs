namespace Custody.Core.Whitelisting;

/// <summary>A page of whitelist entries.</summary>
/// <param name="Items">At most as many as were asked for.</param>
/// <param name="Continuation">Give it back for the next page; null when this was the last.</param>
public sealed record WhitelistPage(IReadOnlyList<WhitelistState> Items, string? Continuation);
