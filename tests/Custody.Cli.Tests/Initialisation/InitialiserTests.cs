using System.Runtime.Versioning;
using System.Text.Json;
using Custody.Cli.Homes;
using Custody.Cli.Initialisation;
using Custody.Cli.Initialisation.Plan;
using Custody.Cli.Outcomes;
using Custody.Cli.Tests.Support;
using Custody.Core.Assets;
using Custody.Core.Callers;
using Custody.Core.Customers;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Core.Whitelisting;
using Custody.Storage;
using Custody.Storage.Journals;
using Custody.Testing;
using Custody.Vaults.Pkcs11;
using Microsoft.Extensions.Logging.Abstractions;

namespace Custody.Cli.Tests.Initialisation;

/// <summary>Sets systems up for real: Azurite, anvil, SoftHSM. What is stored is read back with the pipeline's own rules.</summary>
public sealed class InitialiserTests : IClassFixture<RealParts>
{
    private readonly RealParts _parts;

    public InitialiserTests(RealParts parts) => _parts = parts;

    [Fact]
    public async Task Run_LocalPlan_StoresWhatTheRulesAccept()
    {
        await _parts.EmptyAsync();
        using var folder = new TemporaryFolder();
        var now = TimeProvider.System.GetUtcNow();
        var home = folder.Of("home");

        var run = await CliRun.OfAsync(["init", "--plan", WritePlan(folder, _parts.Plan("full")), "--home", home, "--json"], "", TimeProvider.System);

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        var root = run.OutputJson.GetProperty("trustRoot").GetString()!;
        var storage = Storage(home, root);
        var governed = Assert.IsType<GovernanceReading.Verified>(
            GovernanceVerifier.Verify(await storage.Facts.ReadAsync(FactKind.Governance, FactId.Governance(1), Cancellation), root, now.AddMinutes(1))).Governed;
        Assert.Equal(run.OutputJson.GetProperty("governanceDigest").GetString(), governed.Digest);

        var stops = (await storage.StopJournal.VerifyAsync(Cancellation)).View;
        Assert.Equal((1, governed.Digest), (stops.GovernanceVersion, stops.GovernanceDigest));
        Assert.Empty((await storage.SigningJournals.VerifyAsync("hot-eth", Cancellation)).View.All);

        foreach (var (customer, customerClass) in new[] { ("customer-1", CustomerClass.Professional), ("customer-2", CustomerClass.Retail) })
        {
            var stored = await storage.Facts.ReadAsync(FactKind.Customer, FactId.Customer("exchange-a", customer), Cancellation);
            Assert.Equal(customerClass, CustomerRule.Verify(stored, "exchange-a", customer, governed, now.AddMinutes(1)).Record?.Class);
        }

        var request = new WithdrawalRequest(
            "exchange-a", "customer-1", "r-1", AssetId.Parse("eip155:31337/slip44:60"), 1, "entry-1", now, now.AddHours(1), LocalPlan.Destination);
        var entry = await storage.Facts.ReadAsync(FactKind.WhitelistEntry, "entry-1", Cancellation);
        var whitelisted = WhitelistRule.Verify(entry, request, governed, stops, now.AddMinutes(1), null);
        Assert.True(whitelisted.Verdict.IsAllowed, whitelisted.Verdict.Detail);
        Assert.Equal((await _parts.Node.CallAsync("eth_getBlockByNumber", "0x0", false)).GetProperty("hash").GetString(), governed.Document.Chains[0].GenesisHash);
    }

    [Fact]
    public async Task Run_LocalPlan_MakesAVaultKeyThatCarriesTheRootAndProfilesThatSign()
    {
        await _parts.EmptyAsync();
        using var folder = new TemporaryFolder();
        var result = await new Initialiser(_parts.Plan("keys"), folder.Of("home"), TimeProvider.System).RunAsync(Cancellation);
        await using var system = Assert.IsType<InitialisationResult.Done>(result).System;

        await using var pool = new Pkcs11SessionPool(
            new Pkcs11Options
            {
                ModulePath = system.Settings["Custody__Vaults__0__Module"],
                TokenLabel = system.Settings["Custody__Vaults__0__TokenLabel"],
                PinFile = system.Settings["Custody__Vaults__0__PinFile"],
            },
            TimeProvider.System,
            NullLogger<Pkcs11SessionPool>.Instance);
        var keys = (await Pkcs11Inventory.ListKeysAsync(pool, Cancellation)).OrThrow();
        var vault = Assert.Single(keys);
        Assert.Null(vault.Refusal(EllipticCurve.Secp256k1));
        Assert.Equal(system.TrustRoot, vault.Facts.Label);
        Assert.Equal(system.Governance.Vaults[0].PublicKeyBytes(), vault.Facts.PublicKey);
        Assert.Equal([vault.Facts.Firmware!], system.Governance.Vaults[0].Firmware!);

        // A token's key, through the profile that init wrote, makes a call token that the server's rule takes.
        var governed = Assert.IsType<GovernanceReading.Verified>(
            GovernanceVerifier.Verify(system.SignedGovernance, system.TrustRoot, TimeProvider.System.GetUtcNow().AddMinutes(1))).Governed;
        foreach (var (profile, kind) in new[] { ("alice", CallerKind.Approver), ("exchange-a", CallerKind.Exchange), ("oscar", CallerKind.Operator) })
        {
            var run = await CliRun.OfAsync(["token", "--profile", profile, "--home", system.Home], "", TimeProvider.System);
            var reading = CallTokenRule.Verify(run.Output.Trim(), "custody-local", governed, TimeProvider.System.GetUtcNow());
            Assert.Equal((kind, profile), (reading.Caller?.Kind, reading.Caller?.Id));
        }

        foreach (var person in new[] { "grace", "gordon", "exchange-a", "olivia", "oscar", "alice-1", "bob-1", "carol-1" })
        {
            var signer = system.Signer(person);
            var signature = await signer.SignAsync("hello"u8.ToArray(), Cancellation);
            Assert.True(SignatureCheck.Verify(governed.Holder(signer.KeyId)!.Key, "hello"u8, signature), person);
        }
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Run_Done_WritesSecretsForTheOwnerAlone()
    {
        await _parts.EmptyAsync();
        using var folder = new TemporaryFolder();
        var result = await new Initialiser(_parts.Plan("mode"), folder.Of("home"), TimeProvider.System).RunAsync(Cancellation);
        await using var system = Assert.IsType<InitialisationResult.Done>(result).System;

        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        foreach (var file in new[] { "keys", "pins", "profiles" }.SelectMany(f => Directory.GetFiles(Path.Combine(system.Home, f))).Append(Path.Combine(system.Home, "settings.json")).Append(Path.Combine(system.Home, "duress-openings.json")))
        {
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(file) & others);
        }

        using var settings = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(system.Home, "settings.json"), Cancellation));
        Assert.Equal(
            [
                "AzureWebJobsStorage", "Custody__Api__Audience", "Custody__Api__PublicUrl", "Custody__Chains__0__Endpoint", "Custody__Chains__0__Id",
                "Custody__Comparison__KeyId", "Custody__Comparison__Module", "Custody__Comparison__PinFile", "Custody__Comparison__TokenLabel",
                "Custody__Duress__OpeningsFile", "Custody__Schedules__Sweep", "Custody__Schedules__Watch", "Custody__Storage__Journals", "Custody__Storage__Pipeline", "Custody__TrustRoot", "Custody__Vaults__0__Id", "Custody__Vaults__0__Module",
                "Custody__Vaults__0__PinFile", "Custody__Vaults__0__TokenLabel", "Custody__WitnessFolder",
            ],
            settings.RootElement.GetProperty("Values").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Run_Again_IsRefusedByHomeStoreAndTokens()
    {
        await _parts.EmptyAsync();
        using var folder = new TemporaryFolder();
        var plan = _parts.Plan("again");
        var first = await new Initialiser(plan, folder.Of("home"), TimeProvider.System).RunAsync(Cancellation);
        await using var system = Assert.IsType<InitialisationResult.Done>(first).System;

        var home = await new Initialiser(plan, folder.Of("home"), TimeProvider.System).RunAsync(Cancellation);
        var store = await new Initialiser(plan, folder.Of("other"), TimeProvider.System).RunAsync(Cancellation);
        await _parts.EmptyAsync();
        var tokens = await new Initialiser(plan, folder.Of("other"), TimeProvider.System).RunAsync(Cancellation);

        Assert.Equal(InitialisationStage.Home, Assert.IsType<InitialisationResult.Refused>(home).Stage);
        Assert.Equal(InitialisationStage.Storage, Assert.IsType<InitialisationResult.Refused>(store).Stage);
        Assert.Equal(InitialisationStage.Module, Assert.IsType<InitialisationResult.Refused>(tokens).Stage);
        Assert.False(Directory.Exists(folder.Of("other")));
    }

    [Fact]
    public async Task Run_OnlyTheJournalsAccountHoldsSomething_IsRefused()
    {
        await _parts.EmptyAsync();
        using var folder = new TemporaryFolder();
        await _parts.PutBlobAsync(_parts.Azurite.JournalConnection, "journals", "stop/0");

        var result = await new Initialiser(_parts.Plan("left"), folder.Of("home"), TimeProvider.System).RunAsync(Cancellation);

        var refused = Assert.IsType<InitialisationResult.Refused>(result);
        Assert.Equal("The journals storage account is not empty: it holds blobs in the container 'journals'. A system is only set up on an empty store.", refused.Detail);
    }

    [Fact]
    public async Task Run_NodeOnAnotherChain_IsRefused()
    {
        await _parts.EmptyAsync();
        using var folder = new TemporaryFolder();
        var plan = _parts.Plan("chain");
        var other = plan with { Chains = [plan.Chains[0] with { Id = ChainId.Parse("eip155:5") }] };
        other = JsonSerializer.Deserialize<InitialisationPlan>(
            JsonSerializer.Serialize(other, HomeJson.Options).Replace("eip155:31337", "eip155:5", StringComparison.Ordinal), HomeJson.Options)!;

        var result = await new Initialiser(other, folder.Of("home"), TimeProvider.System).RunAsync(Cancellation);

        var refused = Assert.IsType<InitialisationResult.Refused>(result);
        Assert.Equal(InitialisationStage.Chains, refused.Stage);
        Assert.Contains("is on the chain 0x7a69, and the plan says eip155:5 (0x5)", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NoStorage_IsRefusedWithoutTheAccountKey()
    {
        using var folder = new TemporaryFolder();
        var plan = _parts.Plan("away");
        var away = plan with { Storage = plan.Storage with { Pipeline = plan.Storage.Pipeline.Replace("AccountKey=", "AccountKey=!", StringComparison.Ordinal) } };

        var result = await new Initialiser(away, folder.Of("home"), TimeProvider.System).RunAsync(Cancellation);

        var refused = Assert.IsType<InitialisationResult.Refused>(result);
        Assert.Equal("The pipeline storage account does not answer: the connection string is malformed.", refused.Detail);
    }

    [Fact]
    public async Task Run_ModuleThatIsNone_IsRefused()
    {
        await _parts.EmptyAsync();
        using var folder = new TemporaryFolder();
        var plan = _parts.Plan("module") with { Pkcs11 = new Pkcs11Plan("/nowhere/module.so", "x") };
        var result = await new Initialiser(plan, folder.Of("home"), TimeProvider.System).RunAsync(Cancellation);
        Assert.Equal(InitialisationStage.Module, Assert.IsType<InitialisationResult.Refused>(result).Stage);
    }

    [Fact]
    public async Task Run_VaultKeyInATokenElsewhere_NeedsItsFirmwareInThePlan()
    {
        await _parts.EmptyAsync();
        using var folder = new TemporaryFolder();
        var plan = _parts.Plan("elsewhere");
        var key = new TokenKeyPlan("hot-1", StrictBase64Url.Encode([4, .. new byte[64]]), "a ceremony's", "/run/pin");
        VaultPlan Vault(IReadOnlyList<string>? firmware) => plan.Vaults[0] with { Key = key, Firmware = firmware };

        var refused = await new Initialiser(plan with { Vaults = [Vault(null)] }, folder.Of("without"), TimeProvider.System).RunAsync(Cancellation);
        var done = await new Initialiser(plan with { Vaults = [Vault(["Luna K7 7.7"])] }, folder.Of("with"), TimeProvider.System).RunAsync(Cancellation);

        Assert.Equal(InitialisationStage.Module, Assert.IsType<InitialisationResult.Refused>(refused).Stage);
        await using var system = Assert.IsType<InitialisationResult.Done>(done).System;
        Assert.Equal(["Luna K7 7.7"], system.Governance.Vaults[0].Firmware!);
    }

    [Fact]
    public async Task Run_StorageGoneInTheMiddle_SaysWhatToRemove()
    {
        await _parts.EmptyAsync();
        using var folder = new TemporaryFolder();
        var initialiser = new Initialiser(_parts.Plan("broke"), folder.Of("home"), TimeProvider.System)
        {
            // Somebody else begins to set the same store up, after it was found empty.
            Passed = stage =>
            {
                if (stage == InitialisationStage.Profiles)
                {
                    _parts.PutBlobAsync(_parts.Azurite.PipelineConnection, "facts", "governance/00000001.json").GetAwaiter().GetResult();
                }
            },
        };

        var broken = Assert.IsType<InitialisationResult.BrokenOff>(await initialiser.RunAsync(Cancellation));

        Assert.Equal(InitialisationStage.Facts, broken.Stage);
        Assert.StartsWith($"Before trying again: empty both storage accounts, remove the home '{folder.Of("home")}' and the tokens labelled 'broke-", broken.Remedy, StringComparison.Ordinal);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string WritePlan(TemporaryFolder folder, InitialisationPlan plan)
    {
        var path = folder.Of("plan.json");
        File.WriteAllBytes(path, CanonicalJson.Serialize(plan));
        return path;
    }

    private CustodyStorage Storage(string home, string trustRoot) => new(new CustodyStorageOptions
    {
        Pipeline = new StorageAccountOptions { ConnectionString = _parts.Azurite.PipelineConnection },
        Journals = new StorageAccountOptions { ConnectionString = _parts.Azurite.JournalConnection },
        Witness = new FileHeadWitness(Path.Combine(home, "witness")),
        TrustRoot = trustRoot,
    });
}
