using System.Collections.Concurrent;
using Custody.Core.Journals;
using Custody.Core.Storage;

namespace Custody.Functions.Tests.Changes;

/// <summary>What outlives every start, in memory.</summary>
internal sealed class MemoryWitness : IHeadWitness
{
    private readonly ConcurrentDictionary<string, JournalHead> _heads = new(StringComparer.Ordinal);

    public Task<JournalHead?> ReadAsync(string journal, CancellationToken cancellation) => Task.FromResult(_heads.GetValueOrDefault(journal));

    public Task AdvanceAsync(string journal, JournalHead head, CancellationToken cancellation)
    {
        _heads.AddOrUpdate(journal, head, (_, known) => head.Sequence > known.Sequence ? head : known);
        return Task.CompletedTask;
    }
}
