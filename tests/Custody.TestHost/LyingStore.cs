using Custody.Chains.Evm;
using Custody.Core.Audit;
using Custody.Core.Withdrawals;

namespace Custody.TestHost;

/// <summary>
/// A store in front of the real one: the process can die right after a withdrawal's row was inserted, before anything else happens;
/// certificates can be lost, stored with another withdrawal than their own, or be there before anything was compared; and what a dishonest builder
/// stores passes here.
/// </summary>
public sealed class LyingStore(IWithdrawalStore real, Doubles doubles) : IWithdrawalStore
{
    private readonly Lock _lock = new();
    private ReadOnlyMemory<byte>? _certificate;

    public Task<WithdrawalCase?> LoadAsync(string id, CancellationToken cancellation) => real.LoadAsync(id, cancellation);

    public async Task<CommitOutcome> CreateAsync(CaseChange first, CancellationToken cancellation)
    {
        var outcome = await real.CreateAsync(first, cancellation);
        switch (doubles.Now.Store)
        {
            case "honest" or "losesCertificates" or "swapsCertificates" or "plantsCertificates":
                return outcome;
            case "diesAfterInsert":
                Environment.FailFast("The process dies right after the withdrawal's row was inserted, as the controls say.");
                return outcome;
            case var unknown:
                throw new InvalidOperationException($"'{unknown}' is no behaviour of a store.");
        }
    }

    public Task<CommitOutcome> CommitAsync(WithdrawalCase read, CaseChange change, CancellationToken cancellation) => real.CommitAsync(
        read, change with { Documents = [.. change.Documents.Select(d => LyingBuilder.Of(d, doubles.Now.Builder)).SelectMany(Kept), .. Planted(read, change)] }, cancellation);

    public Task CloseAsync(string id, CancellationToken cancellation) => real.CloseAsync(id, cancellation);

    public IAsyncEnumerable<OpenWithdrawal> OpenAsync(CancellationToken cancellation) => real.OpenAsync(cancellation);

    public Task RestAsync(OpenWithdrawal read, DateTimeOffset until, string governanceDigest, CancellationToken cancellation) =>
        real.RestAsync(read, until, governanceDigest, cancellation);

    public Task<WithdrawalPage> ListAsync(string? clientId, WithdrawalStatus? status, int size, string? continuation, CancellationToken cancellation) =>
        real.ListAsync(clientId, status, size, continuation, cancellation);

    public Task<IReadOnlyList<AuditRecord>> AuditAsync(string id, CancellationToken cancellation) => real.AuditAsync(id, cancellation);

    // With the signature comes the certificate of whatever was certified last, under the very name that the comparison would give its own.
    private IEnumerable<CaseDocument> Planted(WithdrawalCase read, CaseChange change)
    {
        if (doubles.Now.Store != "plantsCertificates" || change.Next.Status != WithdrawalStatus.Signed || read.State.Status == WithdrawalStatus.Signed)
        {
            return [];
        }

        var sighash = Convert.ToHexStringLower(UnsignedTransaction.Sighash(read.Unsigned(read.State.Attempt)[^1].Content.Span));
        lock (_lock)
        {
            return [new CaseDocument(CaseDocuments.Certificate(read.State.Attempt, sighash), _certificate ?? throw new InvalidOperationException("There was no certificate before this one."))];
        }
    }

    private IEnumerable<CaseDocument> Kept(CaseDocument document)
    {
        if (!document.Name.StartsWith("certificate-", StringComparison.Ordinal))
        {
            return [document];
        }

        lock (_lock)
        {
            var before = _certificate;
            _certificate = document.Content;
            return doubles.Now.Store switch
            {
                "losesCertificates" => [],
                "swapsCertificates" => [document with { Content = before ?? throw new InvalidOperationException("There was no certificate before this one.") }],
                _ => [document],
            };
        }
    }
}
