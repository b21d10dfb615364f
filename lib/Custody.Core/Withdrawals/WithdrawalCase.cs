namespace Custody.Core.Withdrawals;

/// <summary>A withdrawal's whole file as it was read: state, documents, and the version it was read at.</summary>
/// <param name="State">Where it is.</param>
/// <param name="Documents">Its documents by name.</param>
/// <param name="Version">Opaque; a commit on it succeeds only while nobody else has committed.</param>
public sealed record WithdrawalCase(WithdrawalState State, IReadOnlyDictionary<string, CaseDocument> Documents, string Version)
{
    /// <summary>A document; null when it is not in the file.</summary>
    public CaseDocument? Find(string name) => Documents.GetValueOrDefault(name);

    /// <summary>The documents whose names begin with <paramref name="prefix"/>, in the order of their names.</summary>
    public IEnumerable<CaseDocument> WithPrefix(string prefix) =>
        Documents.Values.Where(d => d.Name.StartsWith(prefix, StringComparison.Ordinal)).OrderBy(d => d.Name, StringComparer.Ordinal);

    /// <summary>The unsigned transactions that were built for an attempt, the one that replaces all others last.</summary>
    public IReadOnlyList<CaseDocument> Unsigned(int attempt) => [.. WithPrefix(CaseDocuments.Unsigned(attempt))];
}
