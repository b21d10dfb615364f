using Custody.Core.Signatures;

namespace Custody.Core.Whitelisting;

/// <summary>An entry as the stop journal's activation line carries it.</summary>
/// <param name="Sequence">The line's number.</param>
/// <param name="At">When it was appended; the cooling-off counts from here.</param>
/// <param name="Entry">The entry.</param>
/// <param name="Signed">The entry with the signatures that activated it.</param>
public sealed record ActivatedEntry(long Sequence, DateTimeOffset At, WhitelistEntry Entry, SignedDocument Signed);
