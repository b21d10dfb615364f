namespace Custody.Core.Restoring;

/// <summary>
/// What the governors sign to let a restored store start (typ <c>custody-restore+jws</c>, detached, each over the same bytes): what
/// is lost, what is accepted, and which governance was in force. Version 1 is persisted and never changes.
/// </summary>
/// <param name="Version">Always 1.</param>
/// <param name="TrustRoot">The pinned trust root, hex.</param>
/// <param name="GovernanceVersion">The version that was in force when the store was lost, whatever the restored one says.</param>
/// <param name="GovernanceDigest">Its digest, hex. Its governors sign, as many as its quorum.</param>
/// <param name="Journals">The stop journal and every vault's signing journal, each once.</param>
/// <param name="Accounts">Every vault's account on a chain of accounts, each once.</param>
/// <param name="Reason">Why.</param>
/// <param name="SignedAt">When it was drafted. Requests issued before it are from before the restore.</param>
/// <param name="ExpiresAt">From then on it is not accepted; at most a day later.</param>
public sealed record RestoreStatement(
    int Version,
    string TrustRoot,
    int GovernanceVersion,
    string GovernanceDigest,
    IReadOnlyList<RestoredJournal> Journals,
    IReadOnlyList<RestoredAccount> Accounts,
    string Reason,
    DateTimeOffset SignedAt,
    DateTimeOffset ExpiresAt)
{
    private const string Domain = "custody/restore/v1";

    /// <summary>The stop journal's name.</summary>
    public const string StopJournal = "stop";

    /// <summary>The digest of the canonical bytes, hex: the statement's name in the stop journal.</summary>
    public static string DigestOf(ReadOnlySpan<byte> canonical) => Encoding.DomainDigest.Hex(Domain, canonical);

    /// <summary>The name of a vault's signing journal.</summary>
    public static string SigningJournal(string vaultId) => $"signing/{vaultId}";

    /// <summary>A journal by its name; null when the statement does not name it.</summary>
    public RestoredJournal? Journal(string name) => Journals.FirstOrDefault(j => j.Name == name);
}
