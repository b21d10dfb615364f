using Custody.Core.Results;

namespace Custody.Core.Whitelisting;

/// <summary>The outcome of verifying a whitelist entry: the entry only when the verdict allows.</summary>
/// <param name="Verdict">Whether it counts.</param>
/// <param name="Entry">The entry, when it does.</param>
public readonly record struct WhitelistReading(Verdict Verdict, WhitelistEntry? Entry);
