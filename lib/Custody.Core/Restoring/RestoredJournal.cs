using Custody.Core.Journals;

namespace Custody.Core.Restoring;

/// <summary>A journal of a restored store, as the statement that accepts it names it.</summary>
/// <param name="Name">The name that the witness has it under: <c>stop</c>, or <c>signing/{vault}</c>.</param>
/// <param name="Known">How far it had come as far as the witness knows; null where the witness is lost as well, or never saw it.</param>
/// <param name="Accepted">How far it reaches in the restored store, and is accepted at; null where the store does not have it, and it is begun.</param>
public sealed record RestoredJournal(string Name, JournalHead? Known, JournalHead? Accepted);
