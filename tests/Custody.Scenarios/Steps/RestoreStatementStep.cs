using System.Globalization;
using System.Text.Json.Nodes;
using Custody.Cli.Restoring;
using Custody.Core.Encoding;
using Custody.Core.Journals;
using Custody.Core.Restoring;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Scenarios.Documents;
using Custody.Scenarios.Systems;
using Custody.Storage;
using Custody.Storage.Journals;

namespace Custody.Scenarios.Steps;

/// <summary>Drafts the statement about a restored store as <c>custody restore draft</c> does, signs it, and names it in the settings of the next start.</summary>
internal sealed record RestoreStatementStep : Step
{
    /// <summary>Which governors sign.</summary>
    public IReadOnlyList<string> Signers { get; init; } = ["grace", "gordon"];

    /// <summary>From this nonce on nothing was signed; else what the command says, as many more as may be in flight.</summary>
    public int? UnknownBelow { get; init; }

    /// <summary>Which governance the drafter is given: what the restored store has in force, <c>newest</c>: what was in force before, or <c>older</c>: version 1, whatever the witness knows.</summary>
    public string? Governance { get; init; }

    /// <summary>What is changed in the draft before it is signed: JSON pointers and values.</summary>
    public JsonObject? Edit { get; init; }

    public override string? Problem() => Governance is null or "newest" or "older" ? null : $"There is no governance '{Governance}'.";

    public override async Task RunAsync(World world, CancellationToken cancellation)
    {
        var root = world.App.Settings["Custody__TrustRoot"];
        var witness = new FileHeadWitness(world.WitnessFolder);
        var storage = new CustodyStorage(new CustodyStorageOptions
        {
            Pipeline = new StorageAccountOptions { ConnectionString = world.Azurite.PipelineConnection },
            Journals = new StorageAccountOptions { ConnectionString = world.Azurite.JournalConnection },
            Witness = witness,
            TrustRoot = root,
        });
        IReadOnlyList<SignedDocument> given = Governance switch { "newest" => world.Governance, "older" => [world.Governance[0]], _ => [] };
        var drafter = new RestoreDrafter(storage, Governance == "older" ? new ForgetfulWitness(witness) : witness, root, async (_, _) => await UsedAsync(world), TimeProvider.System);
        // Of the other vault nothing was ever signed.
        var bounds = UnknownBelow is { } bound ? world.Vaults.ToDictionary(v => v.Id, v => v.Id == world.Vault.Id ? (ulong)bound : 0, StringComparer.Ordinal) : [];
        var (draft, problem) = await drafter.DraftAsync("Both accounts were put back to a copy.", given, bounds, TimeSpan.FromHours(12), cancellation);
        var statement = JsonNode.Parse((draft ?? throw new ScenarioException($"nothing was drafted: {problem}")).Statement.PayloadBytes())!;
        // By the app's clock, as the machines of those who sign.
        (statement["signedAt"], statement["expiresAt"]) = (At(world.Now), At(world.Now + TimeSpan.FromHours(12)));
        foreach (var (pointer, value) in Edit ?? [])
        {
            GovernanceDrafts.Set(statement, pointer, value?.DeepClone());
        }

        var payload = CanonicalJson.Canonicalize(statement);
        var signatures = new List<string>();
        foreach (var who in Signers)
        {
            signatures.Add(await JwsMaker.MakeAsync(world.People.Signer(who), "custody-restore+jws", payload, world.Now, detached: true, null, cancellation));
        }

        var path = world.BackupFolder("statement.json");
        await File.WriteAllBytesAsync(path, (draft with { Statement = SignedDocument.Of(payload, signatures) }).ToBytes(), cancellation);
        world.App.Settings["Custody__Restore__StatementFile"] = path;
    }

    // Somebody who drafts past what the witness knows of governance.
    private sealed class ForgetfulWitness(FileHeadWitness witness) : IHeadWitness
    {
        public Task<JournalHead?> ReadAsync(string journal, CancellationToken cancellation) =>
            journal == "governance" ? Task.FromResult<JournalHead?>(null) : witness.ReadAsync(journal, cancellation);

        public Task AdvanceAsync(string journal, JournalHead head, CancellationToken cancellation) => throw new NotSupportedException("A draft witnesses nothing.");
    }

    private static string At(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static async Task<ulong?> UsedAsync(World world) =>
        (ulong)ChainLedger.Number((await world.Chain.CallAsync("eth_getTransactionCount", world.VaultAddress, "pending")).GetString());
}
