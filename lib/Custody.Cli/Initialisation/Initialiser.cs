using System.Text.Json;
using Azure;
using Custody.Cli.Homes;
using Custody.Cli.Initialisation.Keys;
using Custody.Cli.Initialisation.Plan;
using Custody.Core.Assets;
using Custody.Core.Encoding;
using Custody.Core.Journals;
using Custody.Core.Reading;
using Custody.Vaults.Pkcs11;
using Microsoft.Extensions.Logging.Abstractions;

namespace Custody.Cli.Initialisation;

/// <summary>
/// Sets a system up from a plan: the only thing that accepts an empty store. What can fail without a trace comes first and the
/// journals come last, so that a run that broke off can be repeated once what it made is removed.
/// </summary>
public sealed class Initialiser(InitialisationPlan plan, string homePath, TimeProvider time)
{
    private readonly CustodyHome _home = new(homePath);

    /// <summary>Told of each stage as it is passed.</summary>
    public Action<InitialisationStage>? Passed { get; init; }

    /// <summary>Sets it up. SoftHSM reads SOFTHSM2_CONF from the process's own environment, which must name its configuration.</summary>
    public async Task<InitialisationResult> RunAsync(CancellationToken cancellation)
    {
        // Whole seconds, as documents hold them: what is signed reads back the same.
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        if (await Rehearsal.ProblemAsync(plan, now, cancellation) is { } unworkable)
        {
            return new InitialisationResult.Refused(InitialisationStage.Plan, unworkable);
        }

        Passed?.Invoke(InitialisationStage.Plan);
        if (!_home.IsEmpty())
        {
            return new InitialisationResult.Refused(InitialisationStage.Home, $"The home '{_home.Path}' is not empty; give another with --home, or remove it.", IsTaken: true);
        }

        Passed?.Invoke(InitialisationStage.Home);
        if (await StorageProblemAsync(cancellation) is { } storage)
        {
            return storage;
        }

        Passed?.Invoke(InitialisationStage.Storage);
        using var genesisReader = new GenesisReader();
        var (genesis, silent) = await genesisReader.ReadAsync(plan, cancellation);
        if (genesis is null)
        {
            return new InitialisationResult.Refused(InitialisationStage.Chains, silent!);
        }

        Passed?.Invoke(InitialisationStage.Chains);
        if (Pkcs11Module.TryLoad(plan.Pkcs11.Module, NullLogger.Instance) is not { } module)
        {
            return new InitialisationResult.Refused(
                InitialisationStage.Module, $"'{plan.Pkcs11.Module}' is not there, is not a PKCS#11 module, or does not initialise (for SoftHSM, SOFTHSM2_CONF must name its configuration).");
        }

        var tokens = Pkcs11Inventory.ListTokens(module);
        var taken = tokens.Select(t => t.Label).Intersect(PlanRules.Labels(plan), StringComparer.Ordinal).ToList();
        if (taken.Count > 0)
        {
            return new InitialisationResult.Refused(InitialisationStage.Module, $"There are tokens labelled {Quoted(taken)} already; choose another pkcs11 tokenPrefix, or remove them.");
        }

        if (plan.Vaults.FirstOrDefault(v => v is { Key: { } key, Firmware: null } && tokens.Count(t => t.Label == key.TokenLabel) != 1) is { } away)
        {
            return new InitialisationResult.Refused(
                InitialisationStage.Module, $"No token '{away.Key!.TokenLabel}' is here to say which firmware it runs; give the vault '{away.Id}' its firmware in the plan.");
        }

        Passed?.Invoke(InitialisationStage.Module);
        return await MakeAsync(module, genesis, now, cancellation);
    }

    private async Task<InitialisationResult> MakeAsync(
        Pkcs11Module module, IReadOnlyDictionary<ChainId, string> genesis, DateTimeOffset now, CancellationToken cancellation)
    {
        var stage = InitialisationStage.Keys;
        var keys = new TokenKeys(_home, module, time);
        try
        {
            CustodyHome.CreateFolder(_home.Path);
            var draft = await new SystemDrafting(plan, genesis, keys, now).DraftAsync(cancellation);
            if (DraftRules.Problem(draft, now) is { } problem)
            {
                return await BreakOffAsync(stage, problem, keys);
            }

            Passed?.Invoke(stage);
            stage = InitialisationStage.Profiles;
            var (profiles, settings) = WriteHome(draft);
            Passed?.Invoke(stage);

            stage = InitialisationStage.Facts;
            var store = new SystemStore(plan, draft, _home, time);
            await store.WriteFactsAsync(cancellation);
            Passed?.Invoke(stage);

            stage = InitialisationStage.Journals;
            await store.BeginJournalsAsync(cancellation);
            Passed?.Invoke(stage);
            return new InitialisationResult.Done(new InitialisedSystem(plan, _home.Path, draft, keys, profiles, settings));
        }
        catch (Exception failure) when (failure is KeyMakingException or Pkcs11FaultException or StoreTakenException or JournalBrokenException
            or RequestFailedException or AggregateException or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            return await BreakOffAsync(stage, failure.Message, keys);
        }
    }

    private (IReadOnlyDictionary<string, Profile> Profiles, IReadOnlyDictionary<string, string> Settings) WriteHome(SystemDraft draft)
    {
        var profiles = SystemProfiles.Of(plan, draft);
        foreach (var (name, profile) in profiles)
        {
            _home.Write(name, profile);
        }

        // Whoever sets the system up has seen version 1: no device of this home takes another document for it.
        _home.Remember(draft.TrustRoot, new SeenGovernance(draft.Governance.Version, draft.Governance.Digest()));
        CustodyHome.WriteNew(_home.Of(SystemSettings.OpeningsFile), CanonicalJson.Serialize(draft.Openings));
        var settings = SystemSettings.Of(plan, draft, _home);
        CustodyHome.WriteNew(_home.Of(SystemSettings.FileName), JsonSerializer.SerializeToUtf8Bytes(new SettingsFile(false, settings), HomeJson.Options));
        return (profiles, settings);
    }

    private async Task<InitialisationResult?> StorageProblemAsync(CancellationToken cancellation)
    {
        foreach (var (name, connection) in new[] { ("pipeline", plan.Storage.Pipeline), ("journals", plan.Storage.Journals) })
        {
            try
            {
                if (await StoreEmptiness.FindAsync(connection, cancellation) is { } found)
                {
                    return new InitialisationResult.Refused(
                        InitialisationStage.Storage, $"The {name} storage account is not empty: it holds {found}. A system is only set up on an empty store.", IsTaken: true);
                }
            }
            catch (Exception failure) when (failure is RequestFailedException or AggregateException or FormatException or ArgumentException or InvalidOperationException)
            {
                return new InitialisationResult.Refused(InitialisationStage.Storage, $"The {name} storage account does not answer: {Reason(failure)}.");
            }
        }

        return null;
    }

    // What the client library says of a malformed connection string may repeat it, and with it the account key.
    private static string Reason(Exception failure) => failure switch
    {
        AggregateException { InnerExceptions: [.., var last] } => Reason(last),
        RequestFailedException refused => refused.GetBaseException().Message.Split('\n')[0].Trim().TrimEnd('.'),
        TaskCanceledException => "it took too long",
        _ => "the connection string is malformed",
    };

    private async Task<InitialisationResult> BreakOffAsync(InitialisationStage stage, string detail, TokenKeys keys)
    {
        await keys.DisposeAsync();
        var store = stage >= InitialisationStage.Facts ? "empty both storage accounts, " : "";
        return new InitialisationResult.BrokenOff(
            stage, detail, $"Before trying again: {store}remove the home '{_home.Path}' and the tokens labelled {Quoted(PlanRules.Labels(plan))} (with SoftHSM: softhsm2-util --delete-token --token LABEL).");
    }

    private static string Quoted(IEnumerable<string> labels) => string.Join(", ", labels.Select(l => $"'{l}'"));
}
