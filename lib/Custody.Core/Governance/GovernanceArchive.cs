using System.Collections.Concurrent;
using System.Text.Json;
using Custody.Core.Encoding;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Storage;

namespace Custody.Core.Governance;

/// <summary>
/// Reads the version in force, and those before it down to the first, from where they are stored, and verifies them from the
/// pinned root up. What it remembers is only which earlier versions verified: they are found by their digests, so it can be
/// wrong about none; the newest is read and verified every time.
/// </summary>
public sealed class GovernanceArchive(IFactStore facts, string pinnedRoot, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Governed> _verified = new(StringComparer.Ordinal);

    /// <summary>The version that the stop journal names, with its stored form; see <see cref="GovernanceInForce"/> for <paramref name="chainTime"/>.</summary>
    public async Task<(GovernanceReading Reading, SignedDocument? Stored)> ReadAsync(StopView stops, DateTimeOffset? chainTime, CancellationToken cancellation)
    {
        var (reading, stored) = await ReadAsync(stops.GovernanceVersion, stops.GovernanceDigest, cancellation).ConfigureAwait(false);
        return (GovernanceInForce.Check(reading, stops, time.GetUtcNow(), chainTime), stored);
    }

    /// <summary>A version by number and digest, whether or not it is in force.</summary>
    public async Task<(GovernanceReading Reading, SignedDocument? Stored)> ReadAsync(int version, string digest, CancellationToken cancellation)
    {
        var stored = await facts.ReadAsync(FactKind.Governance, FactId.Governance(version, digest), cancellation).ConfigureAwait(false);
        if (version <= 1 || stored is null)
        {
            return (GovernanceVerifier.Verify(stored, pinnedRoot, time.GetUtcNow()), stored);
        }

        GovernanceReading reading;
        switch (await PreviousAsync(version, stored, cancellation).ConfigureAwait(false))
        {
            case GovernanceReading.Verified { Governed: var previous }:
                _verified[previous.Digest] = previous;
                reading = SuccessionRule.Check(previous, stored, time.GetUtcNow());
                break;
            case var refused:
                reading = refused;
                break;
        }

        return (reading, stored);
    }

    /// <summary>The stored forms of every version up to one, oldest first: what a device needs to verify it from its own root.</summary>
    public async Task<IReadOnlyList<SignedDocument>> ChainAsync(Governed newest, CancellationToken cancellation)
    {
        var chain = new List<SignedDocument>();
        for (var version = newest; version is not null; version = version.Previous)
        {
            chain.Add(await facts.ReadAsync(FactKind.Governance, FactId.Governance(version.Document.Version, version.Digest), cancellation).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"Governance version {version.Document.Version} was there and is gone."));
        }

        chain.Reverse();
        return chain;
    }

    private async Task<GovernanceReading> PreviousAsync(int version, SignedDocument stored, CancellationToken cancellation)
    {
        string? digest;
        try
        {
            digest = CanonicalJson.Deserialize<GovernanceDocument>(stored.PayloadBytes()).Previous;
        }
        catch (JsonException problem)
        {
            return new GovernanceReading.Refused(RefusalCode.GovernanceInvalid, $"The governance document is malformed: {problem.Message}");
        }

        return digest is null ? new GovernanceReading.Refused(RefusalCode.GovernanceInvalid, $"Governance version {version} names no previous one.")
            : _verified.TryGetValue(digest, out var known) && known.Document.Version == version - 1 ? new GovernanceReading.Verified(known)
            : (await ReadAsync(version - 1, digest, cancellation).ConfigureAwait(false)).Reading;
    }
}
