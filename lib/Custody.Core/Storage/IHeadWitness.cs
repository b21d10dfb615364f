using Custody.Core.Journals;

namespace Custody.Core.Storage;

/// <summary>
/// Remembers, outside both storage accounts, how far each journal reached. It can only refuse: a journal that is shorter
/// than the witness says, or has another line there, was rolled back.
/// </summary>
public interface IHeadWitness
{
    /// <summary>The head last witnessed; null when none was.</summary>
    Task<JournalHead?> ReadAsync(string journal, CancellationToken cancellation);

    /// <summary>Witnesses a head; never goes back.</summary>
    Task AdvanceAsync(string journal, JournalHead head, CancellationToken cancellation);
}
