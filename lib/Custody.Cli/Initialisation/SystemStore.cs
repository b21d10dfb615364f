using System.Globalization;
using Custody.Cli.Homes;
using Custody.Cli.Initialisation.Plan;
using Custody.Core.Journals;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Core.Whitelisting;
using Custody.Core.Withdrawals;
using Custody.Storage;
using Custody.Storage.Journals;

namespace Custody.Cli.Initialisation;

/// <summary>Stores a draft. The journals are begun last: until they exist, nothing that was written means anything.</summary>
internal sealed class SystemStore
{
    private readonly CustodyStorage _storage;
    private readonly SystemDraft _draft;

    public SystemStore(InitialisationPlan plan, SystemDraft draft, CustodyHome home, TimeProvider time)
    {
        _draft = draft;
        _storage = new CustodyStorage(new CustodyStorageOptions
        {
            Pipeline = new StorageAccountOptions { ConnectionString = plan.Storage.Pipeline },
            Journals = new StorageAccountOptions { ConnectionString = plan.Storage.Journals },
            Witness = new FileHeadWitness(home.Of(SystemSettings.WitnessFolder)),
            TrustRoot = draft.TrustRoot,
            Time = time,
        });
    }

    /// <summary>Writes the signed documents.</summary>
    public async Task WriteFactsAsync(CancellationToken cancellation)
    {
        await _storage.EnsureCreatedAsync(cancellation);
        var facts = _storage.Facts;
        Require(await facts.WriteAsync(FactKind.Governance, FactId.Governance(_draft.Governance.Version), _draft.SignedGovernance, cancellation), "governance document");
        foreach (var (record, signed) in _draft.Customers)
        {
            Require(await facts.WriteAsync(FactKind.Customer, FactId.Customer(record.ClientId, record.CustomerId), signed, cancellation), $"customer '{record.CustomerId}'");
        }

        foreach (var (entry, signed) in _draft.Entries)
        {
            Require(await facts.WriteAsync(FactKind.WhitelistEntry, entry.EntryId, signed, cancellation), $"whitelist entry '{entry.EntryId}'");
        }

        await WriteListsAsync(cancellation);
    }

    // A plan may bring a list, for a demonstration; else the operators import theirs, and until then nothing is paid.
    private async Task WriteListsAsync(CancellationToken cancellation)
    {
        foreach (var (list, signed) in _draft.Lists)
        {
            Require(await _storage.Facts.WriteAsync(FactKind.SanctionsList, list.Digest(), signed, cancellation), $"sanctions list '{list.Source}'");
        }
    }

    /// <summary>Begins the journals, the stop journal after the others: governance comes into force with its first line after genesis.</summary>
    public async Task BeginJournalsAsync(CancellationToken cancellation)
    {
        foreach (var vault in _draft.Governance.Vaults)
        {
            Require(await _storage.SigningJournals.CreateAsync(vault.Id, cancellation), $"signing journal of '{vault.Id}'");
            await _storage.SigningJournals.ReadAsync(vault.Id, cancellation);
        }

        Require(await _storage.StopJournal.CreateAsync(cancellation), "stop journal");
        var version = _draft.Governance.Version.ToString(CultureInfo.InvariantCulture);
        await AppendAsync(new StopFact(StopKind.GovernanceInForce, version, "custody init", Digest: _draft.Governance.Digest(), Evidence: _draft.SignedGovernance.Signatures), cancellation);
        foreach (var (entry, signed) in _draft.Entries)
        {
            await AppendAsync(new StopFact(StopKind.EntryActivated, entry.EntryId, "custody init", Digest: entry.Digest(), Evidence: WhitelistEvidence.Of(signed)), cancellation);
            await ListAsync(entry, signed, cancellation);
        }

        foreach (var (list, signed) in _draft.Lists)
        {
            await AppendAsync(new StopFact(StopKind.SanctionsListInForce, list.Source, "custody init", Digest: list.Digest(), Evidence: signed.Signatures), cancellation);
        }
    }

    // For people and lists; what counts is the journal's line. The sweeper sees the cooling-off through.
    private async Task ListAsync(WhitelistEntry entry, SignedDocument signed, CancellationToken cancellation)
    {
        var activated = (await _storage.StopJournal.ReadAsync(cancellation)).View.StandingOf(entry.EntryId).Activation!.At;
        var coolingOff = _draft.Governance.Whitelist.CoolingOffSeconds;
        var state = WhitelistState.Proposed(entry, activated) with
        {
            Status = coolingOff == 0 ? WhitelistStatus.Active : WhitelistStatus.CoolingOff,
            UsableFrom = activated + TimeSpan.FromSeconds(coolingOff),
        };
        Require(
            await _storage.Whitelist.CreateAsync(state, new Dictionary<string, string> { [WhitelistFile.Proposal] = WhitelistEvidence.Of(signed)[0] }, cancellation),
            $"whitelist entry '{entry.EntryId}'");
    }

    private Task AppendAsync(StopFact fact, CancellationToken cancellation) => _storage.StopJournal.AppendAsync(_ => fact, cancellation);

    private static void Require(CommitOutcome outcome, string what)
    {
        if (outcome != CommitOutcome.Committed)
        {
            throw new StoreTakenException($"The {what} is there already: somebody else is setting up the same store.");
        }
    }
}
