using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Custody.Core.Audit;
using Custody.Core.Withdrawals;

namespace Custody.Testing.World;

public sealed class MemoryWithdrawals(Effects effects, TimeProvider time) : IWithdrawalStore
{
    private readonly ConcurrentDictionary<string, List<AuditRecord>> _audit = new();
    private readonly Lock _lock = new();

    /// <summary>The files, to be edited as somebody with the tables' keys would.</summary>
    public ConcurrentDictionary<string, WithdrawalCase> Stored { get; } = new();

    public Task<WithdrawalCase?> LoadAsync(string id, CancellationToken cancellation) =>
        effects.RunAsync("withdrawals.load", () => Stored.GetValueOrDefault(id));

    public Task<CommitOutcome> CreateAsync(CaseChange first, CancellationToken cancellation) => effects.RunAsync(
        "withdrawals.create", () => Write(null, first));

    public Task<CommitOutcome> CommitAsync(WithdrawalCase read, CaseChange change, CancellationToken cancellation) => effects.RunAsync(
        "withdrawals.commit", () => Write(read, change));

    public async IAsyncEnumerable<OpenWithdrawal> OpenAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var id in await effects.RunAsync("withdrawals.open", () => Stored.Values.Where(c => !c.State.Status.IsEnd()).Select(c => c.State.Id).ToList()))
        {
            yield return new OpenWithdrawal(id, time.GetUtcNow(), "1");
        }
    }

    // Nothing lists what is open, so nothing there rests.
    public Task RestAsync(OpenWithdrawal read, DateTimeOffset until, string governanceDigest, CancellationToken cancellation) =>
        effects.RunAsync("withdrawals.rest", () => true);

    // What is open is read from the files themselves; nothing lists them.
    public Task CloseAsync(string id, CancellationToken cancellation) => effects.RunAsync("withdrawals.close", () => true);

    public Task<WithdrawalPage> ListAsync(string? clientId, WithdrawalStatus? status, int size, string? continuation, CancellationToken cancellation) => effects.RunAsync(
        "withdrawals.list",
        () =>
        {
            var from = int.Parse(continuation ?? "0", CultureInfo.InvariantCulture);
            var all = Stored.Values.Select(c => c.State)
                .Where(s => (clientId is null || s.ClientId == clientId) && (status is null || s.Status == status))
                .OrderByDescending(s => s.CreatedAt).ThenBy(s => s.Id, StringComparer.Ordinal).ToList();
            return new WithdrawalPage([.. all.Skip(from).Take(size)], from + size < all.Count ? (from + size).ToString(CultureInfo.InvariantCulture) : null);
        });

    public Task<IReadOnlyList<AuditRecord>> AuditAsync(string id, CancellationToken cancellation) =>
        effects.RunAsync<IReadOnlyList<AuditRecord>>("withdrawals.audit", () => [.. _audit.GetValueOrDefault(id, [])]);

    private CommitOutcome Write(WithdrawalCase? read, CaseChange change)
    {
        lock (_lock)
        {
            var id = change.Next.Id;
            if (Stored.GetValueOrDefault(id)?.Version != read?.Version)
            {
                return CommitOutcome.Conflict;
            }

            var trail = _audit.GetOrAdd(id, []);
            trail.AddRange(AuditChain.Extend(id, trail.Count, trail.Count == 0 ? "" : trail[^1].Hash(), time.GetUtcNow(), change.Events));
            var documents = (read?.Documents.Values ?? []).Concat(change.Documents).ToDictionary(d => d.Name, StringComparer.Ordinal);
            var state = change.Next with { AuditSequence = trail.Count, AuditHead = trail[^1].Hash() };
            Stored[id] = new WithdrawalCase(state, documents, trail.Count.ToString(CultureInfo.InvariantCulture));
            return CommitOutcome.Committed;
        }
    }
}
