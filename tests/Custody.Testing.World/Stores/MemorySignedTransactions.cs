using System.Collections.Concurrent;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;

namespace Custody.Testing.World;

public sealed class MemorySignedTransactions(Effects effects) : ISignedTransactionStore
{
    public ConcurrentDictionary<(string WithdrawalId, string Sighash), SignedTransactionRecord> Stored { get; } = new();

    public Task<SignedTransactionRecord?> ReadAsync(string withdrawalId, string sighash, CancellationToken cancellation) =>
        effects.RunAsync("signed.read", () => Stored.GetValueOrDefault((withdrawalId, sighash)));

    public Task<CommitOutcome> WriteAsync(SignedTransactionRecord record, CancellationToken cancellation) =>
        effects.RunAsync("signed.write", () => Stored.TryAdd((record.WithdrawalId, record.Sighash), record) ? CommitOutcome.Committed : CommitOutcome.Conflict);

    public Task<IReadOnlyList<SignedTransactionRecord>> OfAsync(string withdrawalId, CancellationToken cancellation) => effects.RunAsync<IReadOnlyList<SignedTransactionRecord>>(
        "signed.of", () => [.. Stored.Values.Where(r => r.WithdrawalId == withdrawalId)]);
}
