namespace Custody.Core.Journals;

/// <summary>How far a journal reaches.</summary>
/// <param name="Sequence">The last entry's number; the genesis entry has 0.</param>
/// <param name="Hash">That entry's hash, hex.</param>
public sealed record JournalHead(long Sequence, string Hash);
