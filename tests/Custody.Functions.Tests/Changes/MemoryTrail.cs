using Custody.Core.Audit;

namespace Custody.Functions.Tests.Changes;

/// <summary>Audit chains in memory.</summary>
internal sealed class MemoryTrail(TimeProvider time) : IAuditTrail
{
    private readonly Dictionary<string, List<AuditRecord>> _chains = new(StringComparer.Ordinal);

    public Task AppendAsync(string subject, IReadOnlyList<AuditEvent> events, CancellationToken cancellation)
    {
        var chain = _chains.TryGetValue(subject, out var found) ? found : _chains[subject] = [];
        chain.AddRange(AuditChain.Extend(subject, chain.Count == 0 ? 0 : chain[^1].Sequence, chain.Count == 0 ? "" : chain[^1].Hash(), time.GetUtcNow(), events));
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<AuditRecord>> ReadAsync(string subject, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<AuditRecord>>(_chains.GetValueOrDefault(subject) ?? []);
}
