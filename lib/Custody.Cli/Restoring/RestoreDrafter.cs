using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Restoring;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Storage;

namespace Custody.Cli.Restoring;

/// <summary>
/// Drafts a restore statement from what is there: the restored journals, the witness, the governance and what the chains say of the
/// accounts. It changes nothing and decides nothing; the governors read it before they sign.
/// </summary>
/// <param name="storage">The restored store.</param>
/// <param name="witness">What remembers how far the lost journals had come.</param>
/// <param name="trustRoot">The pinned trust root, hex.</param>
/// <param name="used">How many nonces a vault's account has used on its chain, with those that wait in a pool; null where the chain does not say.</param>
/// <param name="time">The clock.</param>
public sealed class RestoreDrafter(
    CustodyStorage storage, IHeadWitness witness, string trustRoot, Func<VaultRegistration, CancellationToken, Task<ulong?>> used, TimeProvider time)
{
    /// <summary>Drafts it.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="newer">Every governance version, oldest first, where somebody has newer ones than the store; else empty.</param>
    /// <param name="bounds">For a vault the nonce from which on nothing was signed, where people know it; else the most that may be in flight is added to what the chain shows.</param>
    /// <param name="lives">How long the statement may be used.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<(RestoreBundle? Bundle, string? Problem)> DraftAsync(
        string reason, IReadOnlyList<SignedDocument> newer, IReadOnlyDictionary<string, ulong> bounds, TimeSpan lives, CancellationToken cancellation)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        if (await storage.StopJournal.InspectAsync(cancellation) is not { } stops)
        {
            return (null, "The store has no stop journal; without one nothing can be restored.");
        }

        var (versions, governed) = await GovernanceAsync(stops.View, newer, now, cancellation);
        if (governed is null)
        {
            return (null, "No governance that was given, or that the store has in force, verifies from the trust root.");
        }

        if (await witness.ReadAsync("governance", cancellation) is { } seen && seen.Sequence > governed.Document.Version)
        {
            return (null, $"Governance version {seen.Sequence} was in force, and the store ends with version {governed.Document.Version}; give the newer ones with --governance, as 'GET /api/v1/governance/chain' answered them.");
        }

        var journals = new List<RestoredJournal> { new(RestoreStatement.StopJournal, await witness.ReadAsync(RestoreStatement.StopJournal, cancellation), stops.Head) };
        var accounts = new List<RestoredAccount>();
        foreach (var vault in governed.EveryVault)
        {
            var name = RestoreStatement.SigningJournal(vault.Id);
            var journal = await storage.SigningJournals.InspectAsync(vault.Id, cancellation);
            journals.Add(new RestoredJournal(name, await witness.ReadAsync(name, cancellation), journal?.Head));
            if (!vault.Chain.IsEvm)
            {
                continue;
            }

            if (await used(vault, cancellation) is not { } spent)
            {
                return (null, $"The chain {vault.Chain} does not say what {vault.EvmAddress()} has spent.");
            }

            accounts.Add(new RestoredAccount(
                vault.Id, vault.Chain, vault.EvmAddress().ToString(), bounds.TryGetValue(vault.Id, out var known) ? known : Bound(vault, journal?.View, spent, governed)));
        }

        var statement = new RestoreStatement(1, trustRoot, governed.Document.Version, governed.Digest, journals, accounts, reason, now, now + lives);
        return (new RestoreBundle(SignedDocument.Of(Core.Encoding.CanonicalJson.Serialize(statement), []), versions), null);
    }

    // Nonces are given out only so far ahead of the chain, so that is how far a lost line may have come.
    private static ulong Bound(VaultRegistration vault, SigningView? journal, ulong spent, Governed governed)
    {
        var account = vault.EvmAddress();
        var known = (journal?.All ?? []).SelectMany(e => e.Slots).Select(s => SigningSlot.NonceOf(s, vault.Chain, account) + 1 ?? 0).DefaultIfEmpty(0UL).Max();
        var most = 0;
        for (var version = governed; version is not null; version = version.Previous)
        {
            most = Math.Max(most, version.Chain(vault.Chain)?.InFlight() ?? 0);
        }

        return Math.Max(known, spent + (ulong)most);
    }

    private async Task<(IReadOnlyList<SignedDocument> Versions, Governed? Governed)> GovernanceAsync(
        StopView stops, IReadOnlyList<SignedDocument> newer, DateTimeOffset now, CancellationToken cancellation)
    {
        if (newer.Count > 0)
        {
            return (newer, (GovernanceVerifier.VerifyChain(newer, trustRoot, now) as GovernanceReading.Verified)?.Governed);
        }

        var archive = new GovernanceArchive(storage.Facts, trustRoot, time);
        return await archive.ReadAsync(stops.GovernanceVersion, stops.GovernanceDigest, cancellation) is (GovernanceReading.Verified { Governed: var governed }, _)
            ? (await archive.ChainAsync(governed, cancellation), governed)
            : ([], null);
    }
}
