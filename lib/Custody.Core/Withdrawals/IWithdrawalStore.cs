namespace Custody.Core.Withdrawals;

/// <summary>Withdrawal files. Every write is conditional and all or nothing.</summary>
public interface IWithdrawalStore
{
    /// <summary>Reads a file in one request; null when there is none.</summary>
    Task<WithdrawalCase?> LoadAsync(string id, CancellationToken cancellation);

    /// <summary>Creates a file if there is none: the guard against duplicates.</summary>
    Task<CommitOutcome> CreateAsync(CaseChange first, CancellationToken cancellation);

    /// <summary>Commits a change to the file as it was read.</summary>
    Task<CommitOutcome> CommitAsync(WithdrawalCase read, CaseChange change, CancellationToken cancellation);

    /// <summary>The withdrawals that have not ended, by pages. May name one that has just ended, never misses an open one.</summary>
    IAsyncEnumerable<OpenWithdrawal> OpenAsync(CancellationToken cancellation);

    /// <summary>
    /// Lets an open withdrawal rest, unless something was stored since it was read. A commit that its orchestration must see
    /// wakes it before it is made.
    /// </summary>
    Task RestAsync(OpenWithdrawal read, DateTimeOffset until, string governanceDigest, CancellationToken cancellation);

    /// <summary>Takes a withdrawal that has ended off the list of open ones, where a crash left it; an open one stays.</summary>
    Task CloseAsync(string id, CancellationToken cancellation);

    /// <summary>A client's withdrawals, newest first (all clients' when <paramref name="clientId"/> is null), by status where one is given. Throws <see cref="FormatException"/> for a continuation that no page returned.</summary>
    Task<WithdrawalPage> ListAsync(string? clientId, WithdrawalStatus? status, int size, string? continuation, CancellationToken cancellation);

    /// <summary>The audit trail of a withdrawal, oldest first, as stored.</summary>
    Task<IReadOnlyList<Audit.AuditRecord>> AuditAsync(string id, CancellationToken cancellation);
}
