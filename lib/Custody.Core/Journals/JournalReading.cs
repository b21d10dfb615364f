namespace Custody.Core.Journals;

/// <summary>A journal read and verified to its head.</summary>
/// <param name="View">The fold over every line.</param>
/// <param name="Head">How far it reaches.</param>
public sealed record JournalReading<TView>(TView View, JournalHead Head);
