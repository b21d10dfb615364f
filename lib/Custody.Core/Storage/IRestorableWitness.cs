using Custody.Core.Journals;

namespace Custody.Core.Storage;

/// <summary>A witness that can be told that a journal was restored: the only thing that ever sets one back.</summary>
public interface IRestorableWitness : IHeadWitness
{
    /// <summary>
    /// Witnesses a restored journal's head in place of exactly the one that it knows; null where it knows none. Doing it again does
    /// nothing. Throws <see cref="JournalBrokenException"/> when it knows another.
    /// </summary>
    Task AcceptAsync(string journal, JournalHead? known, JournalHead accepted, CancellationToken cancellation);
}
