using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Signatures;
using Custody.Core.Storage;

namespace Custody.Core.Screening;

/// <summary>Reads the lists that the stop journal names. It verifies nothing; <see cref="SanctionsListRule"/> does.</summary>
public static class SanctionsLists
{
    /// <summary>The stored documents by digest, of every version that an open intent may name; one that is not there is left out, and that denies.</summary>
    /// <param name="facts">Where they are.</param>
    /// <param name="governed">Governance in force.</param>
    /// <param name="stops">The stop journal.</param>
    /// <param name="cancellation">Cancels it.</param>
    /// <param name="known">Those that were read before, by the same digests; a list is never read twice for one decision.</param>
    public static async Task<IReadOnlyDictionary<string, SignedDocument>> ReadAsync(
        IFactStore facts, Governed governed, StopView stops, CancellationToken cancellation, IReadOnlyDictionary<string, SignedDocument>? known = null)
    {
        var found = new Dictionary<string, SignedDocument>(StringComparer.Ordinal);
        foreach (var source in Sources(governed))
        {
            if (stops.SanctionsListOf(source)?.Digest is { } digest
                && (known?.GetValueOrDefault(digest) ?? await facts.ReadAsync(FactKind.SanctionsList, digest, cancellation)) is { } stored)
            {
                found[digest] = stored;
            }
        }

        return found;
    }

    private static HashSet<string> Sources(Governed governed)
    {
        var sources = new HashSet<string>(StringComparer.Ordinal);
        for (var version = governed; version is not null; version = version.Previous)
        {
            sources.UnionWith(version.Document.Screening?.Lists.Select(l => l.Source) ?? []);
        }

        return sources;
    }
}
