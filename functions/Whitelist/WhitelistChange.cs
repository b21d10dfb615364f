using Custody.Core.Whitelisting;

namespace Custody.Functions.Whitelist;

/// <summary>What one step changes in an entry's file.</summary>
/// <param name="Next">The next state.</param>
/// <param name="Documents">Signed statements added, by name.</param>
public sealed record WhitelistChange(WhitelistState Next, IReadOnlyDictionary<string, string>? Documents = null);
