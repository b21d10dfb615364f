using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;

namespace Custody.Testing.World;

public sealed class MemoryFacts(Effects effects) : IFactStore
{
    /// <summary>The facts, to be edited as somebody with the tables' keys would.</summary>
    public Dictionary<(FactKind Kind, string Id), SignedDocument> Stored { get; } = [];

    public Task<SignedDocument?> ReadAsync(FactKind kind, string id, CancellationToken cancellation) =>
        effects.RunAsync($"facts.read {kind}", () => Stored.GetValueOrDefault((kind, id)));

    public Task<IReadOnlyList<SignedDocument>> ListAsync(FactKind kind, string prefix, CancellationToken cancellation) => effects.RunAsync(
        $"facts.list {kind}",
        IReadOnlyList<SignedDocument> () => [.. Stored.Where(f => f.Key.Kind == kind && f.Key.Id.StartsWith(prefix, StringComparison.Ordinal)).Select(f => f.Value)]);

    public Task<CommitOutcome> WriteAsync(FactKind kind, string id, SignedDocument document, CancellationToken cancellation) =>
        effects.RunAsync($"facts.write {kind}", () => Stored.TryAdd((kind, id), document) ? CommitOutcome.Committed : CommitOutcome.Conflict);
}
