using System.Collections.Concurrent;
using Custody.Core.Journals;
using Custody.Core.Storage;

namespace Custody.Storage.Journals;

/// <summary>
/// The heads at which a restored store's journals are accepted, as their witness while they are restored. It holds a journal to its
/// accepted head as any witness does, and is forgotten with the process: the lasting one is moved when all else is done.
/// </summary>
public sealed class AcceptedHeads(IReadOnlyDictionary<string, JournalHead> heads) : IHeadWitness
{
    private readonly ConcurrentDictionary<string, JournalHead> _heads = new(heads, StringComparer.Ordinal);

    /// <inheritdoc />
    public Task<JournalHead?> ReadAsync(string journal, CancellationToken cancellation) => Task.FromResult(_heads.GetValueOrDefault(journal));

    /// <inheritdoc />
    public Task AdvanceAsync(string journal, JournalHead head, CancellationToken cancellation)
    {
        _heads[journal] = head;
        return Task.CompletedTask;
    }
}
