namespace Custody.Core.Journals;

/// <summary>
/// A journal is missing, shorter than it was, or its chain does not hold. Nothing is signed, sent or released until people
/// have looked: whoever catches this refuses.
/// </summary>
public sealed class JournalBrokenException(string message) : Exception(message);
