using Custody.Core.Audit;
using Custody.Core.Withdrawals;

namespace Custody.TestHost;

/// <summary>A store in front of the real one: the process can die right after a withdrawal's row was inserted, before anything else happens.</summary>
public sealed class LyingStore(IWithdrawalStore real, Doubles doubles) : IWithdrawalStore
{
    public Task<WithdrawalCase?> LoadAsync(string id, CancellationToken cancellation) => real.LoadAsync(id, cancellation);

    public async Task<CommitOutcome> CreateAsync(CaseChange first, CancellationToken cancellation)
    {
        var outcome = await real.CreateAsync(first, cancellation);
        switch (doubles.Now.Store)
        {
            case "honest":
                return outcome;
            case "diesAfterInsert":
                Environment.FailFast("The process dies right after the withdrawal's row was inserted, as the controls say.");
                return outcome;
            case var unknown:
                throw new InvalidOperationException($"'{unknown}' is no behaviour of a store.");
        }
    }

    public Task<CommitOutcome> CommitAsync(WithdrawalCase read, CaseChange change, CancellationToken cancellation) => real.CommitAsync(read, change, cancellation);

    public Task CloseAsync(string id, CancellationToken cancellation) => real.CloseAsync(id, cancellation);

    public IAsyncEnumerable<OpenWithdrawal> OpenAsync(CancellationToken cancellation) => real.OpenAsync(cancellation);

    public Task RestAsync(OpenWithdrawal read, DateTimeOffset until, string governanceDigest, CancellationToken cancellation) =>
        real.RestAsync(read, until, governanceDigest, cancellation);

    public Task<WithdrawalPage> ListAsync(string? clientId, WithdrawalStatus? status, int size, string? continuation, CancellationToken cancellation) =>
        real.ListAsync(clientId, status, size, continuation, cancellation);

    public Task<IReadOnlyList<AuditRecord>> AuditAsync(string id, CancellationToken cancellation) => real.AuditAsync(id, cancellation);
}
