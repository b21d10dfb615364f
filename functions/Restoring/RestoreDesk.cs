using Custody.Chains.Evm;
using Custody.Core.Alerts;
using Custody.Core.Audit;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Restoring;
using Custody.Core.Results;
using Custody.Core.Storage;
using Custody.Functions.Alerts;
using Custody.Functions.Chains;
using Custody.Functions.Composition;
using Custody.Functions.Governance;
using Custody.Storage;
using Custody.Storage.Journals;
using Microsoft.Extensions.Logging;

namespace Custody.Functions.Restoring;

/// <summary>
/// Accepts a restored store at the start, and nowhere else, with the governors' statement that the settings name. Its one line in the
/// stop journal, which freezes the platform, is the commit and comes before anything else; what follows is repeated by the next start
/// when this one dies. The witness is moved last, and only from the very heads that the statement names, so a statement that was used
/// does not fit a store that is put back once more.
/// </summary>
public sealed partial class RestoreDesk(
    CustodyStorage storage, IHeadWitness witness, ChainNodes nodes, AlertDesk alerts, RestoredGovernance governance, GovernanceWitness newest, CustodySettings settings, TimeProvider time, ILogger<RestoreDesk> log)
{
    /// <summary>The audit trail of restores.</summary>
    public const string Subject = "restore";

    /// <summary>Restores where the settings say so. Throws <see cref="StartRefusedException"/> with the reason when that cannot be.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (settings.RestoreStatementFile is not { } path)
        {
            return;
        }

        if (RestoreBundle.FromBytes(await File.ReadAllBytesAsync(path, cancellation)) is not { } bundle)
        {
            throw Refused(RefusalCode.RestoreInvalid, $"'{path}' is no restore statement.");
        }

        try
        {
            await RestoreAsync(bundle, cancellation);
        }
        catch (JournalBrokenException broken)
        {
            throw Refused(RefusalCode.RestoreInvalid, $"The restore statement is about another store than this: {broken.Message}");
        }
    }

    private async Task RestoreAsync(RestoreBundle bundle, CancellationToken cancellation)
    {
        var digest = RestoreStatement.DigestOf(bundle.Statement.PayloadBytes());
        if (await IsDoneAsync(digest, cancellation))
        {
            // It stays in the settings until somebody takes it out; every start would otherwise be refused until then.
            Used(log, digest);
            return;
        }

        var reading = RestoreStatementRule.Verify(bundle, settings.TrustRoot, time.GetUtcNow());
        if (reading is not { Verdict.IsAllowed: true, Statement: { } statement, Governed: { } governed })
        {
            throw Refused(reading.Verdict.Code, reading.Verdict.Detail);
        }

        await CheckWitnessAsync(statement, governed, digest, cancellation);
        var restored = Open(statement);
        var stops = await restored.StopJournal.ReadAsync(cancellation);
        var accepted = statement.Journal(RestoreStatement.StopJournal)!.Accepted!;
        if (Find(stops.View, digest) is null)
        {
            await CheckStoreAsync(statement, governed, stops, cancellation);
            stops = await restored.StopJournal.AppendAsync(
                head => head.Head == accepted
                    ? new StopFact(StopKind.Restored, FreezeScope.Platform, $"Storage was restored: {statement.Reason}", Digest: digest, Evidence: Restoration.Evidence(bundle.Statement))
                    : null,
                cancellation);
        }

        if (Find(stops.View, digest)?.Line.Sequence != accepted.Sequence + 1)
        {
            throw Refused(RefusalCode.RestoreInvalid, "Something was appended to the stop journal beside the restore.");
        }

        await FinishAsync(bundle, statement, governed, restored, cancellation);

        // People are told before the last step: a start that dies after it finds nothing left to do.
        await TellAsync(statement, digest, cancellation);
        var stop = statement.Journal(RestoreStatement.StopJournal)!;
        await ((IRestorableWitness)witness).AcceptAsync(stop.Name, stop.Known, (await restored.StopJournal.ReadAsync(cancellation)).Head, cancellation);
    }

    // Each step may be done before: a start that died after the line is finished by the next one.
    private async Task FinishAsync(RestoreBundle bundle, RestoreStatement statement, Governed governed, CustodyStorage restored, CancellationToken cancellation)
    {
        await governance.BringBackAsync(bundle.Governance, governed, restored, cancellation);
        foreach (var account in statement.Accounts)
        {
            await storage.Nonces.SkipAsync(account.Chain, Core.Assets.EvmAddress.Parse(account.Account), account.UnknownBelow, cancellation);
        }

        var lasting = (IRestorableWitness)witness;
        foreach (var vault in governed.EveryVault)
        {
            var journal = statement.Journal(RestoreStatement.SigningJournal(vault.Id))!;
            var head = journal.Accepted;
            if (head is null)
            {
                await restored.SigningJournals.CreateAsync(vault.Id, cancellation);
                head = (await restored.SigningJournals.ReadAsync(vault.Id, cancellation)).Head;
            }

            await lasting.AcceptAsync(journal.Name, journal.Known, head, cancellation);
        }
    }

    private async Task TellAsync(RestoreStatement statement, string digest, CancellationToken cancellation)
    {
        var detail = $"Restored under governance version {statement.GovernanceVersion}: {statement.Reason}";
        await alerts.RaiseAsync(AlertCode.StorageRestored, FreezeScope.Platform, detail, cancellation, digest);
        await storage.Audit.AppendAsync(Subject, [new AuditEvent("restore", "accepted", "governors", Detail: detail, Digest: digest)], cancellation);
    }

    // With the statement's line, and the witness moved from what the statement calls known, which is the last step: it was accepted before.
    private async Task<bool> IsDoneAsync(string digest, CancellationToken cancellation) =>
        await witness.ReadAsync(RestoreStatement.StopJournal, cancellation) is { } known
        && await storage.StopJournal.InspectAsync(cancellation) is { View: var view, Head: var head }
        && Find(view, digest) is { } restore && known != restore.Statement.Journal(RestoreStatement.StopJournal)!.Known
        && known.Sequence >= restore.Line.Sequence && head.Sequence >= known.Sequence;

    // What the witness knows is what the statement says that is lost; it may have been moved by a start that died since.
    private async Task CheckWitnessAsync(RestoreStatement statement, Governed governed, string digest, CancellationToken cancellation)
    {
        if (witness is not IRestorableWitness)
        {
            throw Refused(RefusalCode.RestoreInvalid, "The journals' witness cannot be told of a restore.");
        }

        var begun = await storage.StopJournal.InspectAsync(cancellation) is { View: var view } && Find(view, digest) is not null;
        foreach (var journal in statement.Journals)
        {
            var known = await witness.ReadAsync(journal.Name, cancellation);
            if (known != journal.Known && !(begun && journal.Name != RestoreStatement.StopJournal && (journal.Accepted is null ? known?.Sequence == 0 : known == journal.Accepted)))
            {
                throw Refused(
                    RefusalCode.RestoreInvalid,
                    $"The restore statement says that line {journal.Known?.Sequence} of '{journal.Name}' was witnessed, and it is line {known?.Sequence}: it was used, or is about another loss.");
            }
        }

        if (await newest.NewestAsync(cancellation) is { } seen
            && (seen.Sequence > statement.GovernanceVersion || (seen.Sequence == statement.GovernanceVersion && seen.Hash != governed.Digest)))
        {
            throw Refused(RefusalCode.RestoreInvalid, $"Governance version {seen.Sequence} was in force here, and the restore statement names version {statement.GovernanceVersion}.");
        }
    }

    private async Task CheckStoreAsync(RestoreStatement statement, Governed governed, JournalReading<StopView> stops, CancellationToken cancellation)
    {
        Require(stops.Head, statement.Journal(RestoreStatement.StopJournal)!);
        if (stops.View.GovernanceVersion > governed.Document.Version || governed.AsOf(stops.View.GovernanceDigest) is null)
        {
            throw Refused(RefusalCode.RestoreInvalid, "The governance that the restored stop journal has in force is none of those that the statement brings.");
        }

        foreach (var vault in governed.EveryVault)
        {
            var journal = await storage.SigningJournals.InspectAsync(vault.Id, cancellation);
            Require(journal?.Head, statement.Journal(RestoreStatement.SigningJournal(vault.Id))!);
            if (vault.Chain.IsEvm)
            {
                await CheckAccountAsync(vault, statement.Accounts.First(a => a.VaultId == vault.Id), journal?.View ?? SigningView.Empty, governed, cancellation);
            }
        }
    }

    // Whatever left the account, or waits in a pool, was signed; the statement's bound must be above all of it.
    private async Task CheckAccountAsync(VaultRegistration vault, RestoredAccount stated, SigningView journal, Governed governed, CancellationToken cancellation)
    {
        var account = vault.EvmAddress();
        var known = journal.All.SelectMany(e => e.Slots).Select(s => SigningSlot.NonceOf(s, vault.Chain, account) + 1 ?? 0).DefaultIfEmpty(0UL).Max();
        try
        {
            if (governed.Chain(vault.Chain) is { } chain && await nodes.CheckAsync(chain, cancellation) is { IsAllowed: false } wrong)
            {
                throw Refused(wrong.Code, wrong.Detail);
            }

            var latest = await nodes.Of(vault.Chain).TransactionCountAsync(account, BlockReference.Latest, cancellation);
            var pending = await nodes.Of(vault.Chain).TransactionCountAsync(account, BlockReference.Pending, cancellation);
            var least = Math.Max(known, Math.Max(latest, pending));
            if (stated.UnknownBelow < least)
            {
                throw Refused(RefusalCode.RestoreInvalid, $"{account} has used nonces up to {least}, and the restore statement says that nothing was signed from {stated.UnknownBelow} on.");
            }
        }
        catch (Exception problem) when (problem is NodeUnavailableException or NodeAnswerException)
        {
            throw Refused(RefusalCode.NodeUnavailable, $"A store is restored only when {vault.Chain} says what its accounts have spent: {problem.Message}");
        }
    }

    // The journals are held to the accepted heads; the lasting witness still knows the lost ones.
    private CustodyStorage Open(RestoreStatement statement) => new(new CustodyStorageOptions
    {
        Pipeline = CustodyApp.Account(settings.PipelineStorage),
        Journals = CustodyApp.Account(settings.JournalStorage),
        Witness = new AcceptedHeads(statement.Journals.Where(j => j.Accepted is not null).ToDictionary(j => j.Name, j => j.Accepted!, StringComparer.Ordinal)),
        TrustRoot = settings.TrustRoot,
        Time = time,
    });

    private static void Require(JournalHead? found, RestoredJournal stated)
    {
        if (found != stated.Accepted)
        {
            throw Refused(RefusalCode.RestoreInvalid, $"'{stated.Name}' reaches line {found?.Sequence} here, and the restore statement accepts it at line {stated.Accepted?.Sequence}, or at another one of that number.");
        }
    }

    private static Restoration? Find(StopView view, string digest) => view.Restores.FirstOrDefault(r => r.Line.Digest == digest);

    private static StartRefusedException Refused(RefusalCode code, string detail) => new([$"{code.Text()}: {detail}"]);

    [LoggerMessage(110, LogLevel.Warning, "The restore statement {Digest} was used before and does nothing; take it out of the settings")]
    private static partial void Used(ILogger log, string digest);
}
