namespace Custody.Core.Journals;

/// <summary>The vaults' signing journals, one each. A broken journal throws <see cref="JournalBrokenException"/>.</summary>
public interface ISigningJournal
{
    /// <summary>Reads and verifies a vault's journal to its head.</summary>
    Task<JournalReading<SigningView>> ReadAsync(string vaultId, CancellationToken cancellation);

    /// <summary>Appends what <paramref name="decide"/> says of the verified head, at exactly that head; null appends nothing.</summary>
    Task<JournalReading<SigningView>> AppendAsync(
        string vaultId, Func<JournalReading<SigningView>, SigningFact?> decide, CancellationToken cancellation);
}
