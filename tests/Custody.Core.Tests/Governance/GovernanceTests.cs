using Custody.Core.Governance;
using Custody.Core.Policy;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Governance;

public sealed class GovernanceTests
{
    private static readonly CustodyWorld World = CustodyWorld.Default;
    private static readonly GovernanceDocument Good = World.Governance;

    private static readonly Dictionary<string, (string Says, Func<GovernanceDocument, GovernanceDocument> Edit)> Problems = new(StringComparer.Ordinal)
    {
        ["a key id twice"] = ("key id", d => d with { ComparisonKey = d.ComparisonKey with { KeyId = "device-ann" } }),
        ["a public key in two roles"] = ("public key is registered twice", d => d with { ComparisonKey = People.Ann.Registered with { KeyId = "other" } }),
        ["a key of no length"] = ("well-formed", d => d with { ComparisonKey = new RegisteredKey("comparison-key", SignatureAlgorithm.EdDsa, "") }),
        ["an Ed25519 key called ES256"] = ("well-formed", d => d with { ComparisonKey = d.ComparisonKey with { Algorithm = SignatureAlgorithm.Es256 } }),
        ["a key without algorithm"] = ("well-formed", d => d with { ComparisonKey = d.ComparisonKey with { Algorithm = SignatureAlgorithm.None } }),
        ["a client twice"] = ("client", d => d with { Clients = [.. d.Clients, new Client("exchange-a", "again", [])] }),
        ["a client key of somebody without a name"] = ("is held by ''", d => d with { Clients = [d.Clients[0] with { Keys = [d.Clients[0].Keys[0] with { Terms = new KeyTerms(Person: "") }] }] }),
        ["a price source's key that names a person"] = ("only a client's key does", d => d with { ComparisonKey = d.ComparisonKey with { Terms = new KeyTerms(Person: "ann") } }),
        ["an approver twice"] = ("approver", d => d with { Approvers = [.. d.Approvers, new Approver("ann", "ann", "treasury", "hk", [])] }),
        ["one device with a commitment among those without"] = ("Either every device", d => d with { Approvers = [Committed(d.Approvers[0]), .. d.Approvers.Skip(1)] }),
        ["one device without a commitment among those with one"] = ("Either every device", d => d with { Approvers = [.. d.Approvers.Skip(1).Select(a => Committed(a)), d.Approvers[0]] }),
        ["a commitment that is no digest"] = ("lower-case hex", d => d with { Approvers = [.. d.Approvers.Select(a => Committed(a, new string('A', 64)))] }),
        ["an operator twice"] = ("operator", d => d with { Operators = [.. d.Operators, new Operator("olga", "olga", [])] }),
        ["a person at two sites"] = ("two sites", d => d with { Approvers = [.. d.Approvers, new Approver("ann-2", "ann", "treasury", "sg", [])] }),
        ["an id that no freeze can name"] = ("'hot/1'", d => d with { Vaults = [d.Vaults[0] with { Id = "hot/1" }], Rules = [] }),
        ["a vault twice"] = ("vault 'hot-1'", d => d with { Vaults = [.. d.Vaults, d.Vaults[0] with { PublicKey = StrictBase64Url.Encode(new VaultKey("x").PublicKey) }] }),
        ["a vault's key twice"] = ("vault's public key", d => d with { Vaults = [.. d.Vaults, d.Vaults[0] with { Id = "hot-2" }] }),
        ["a rule twice"] = ("rule", d => d with { Rules = [.. d.Rules, d.Rules[0]] }),
        ["no further vault of a rule"] = ("lists no further vault", Several([])),
        ["a rule's vault that is not registered"] = ("'hot-9', which is not registered", Several(["hot-9"])),
        ["a rule's first vault again"] = ("names a vault twice", Several(["hot-1"])),
        ["one of a rule's vaults twice"] = ("names a vault twice", Several(["hot-2", "hot-2"])),
        ["a rule's vault of another tier"] = ("not of the tier", Several(["warm-1"])),
        ["a rule of many vaults"] = ("more than 16 vaults", Several([.. Enumerable.Range(0, 16).Select(i => $"many-{i}")])),
        ["a chain twice"] = ("chain", d => d with { Chains = [.. d.Chains, d.Chains[0] with { FinalityDepth = 1 }] }),
        ["an asset twice"] = ("asset", d => d with { Assets = [.. d.Assets, d.Assets[0] with { Decimals = 6 }] }),
        ["a token without terms"] = ("in EIP-55 form, and terms", Token(t => t with { Token = null })),
        ["a token in lower case, a second name"] = ("EIP-55", Token(t => t with { Id = Core.Assets.AssetId.Parse(SampleToken.Asset.ToString().ToLowerInvariant()) })),
        ["a token without address"] = ("EIP-55", Token(t => t with { Id = Core.Assets.AssetId.Parse("eip155:31337/erc20:USDX") })),
        ["a token of no EVM chain"] = ("EVM chain", Token(t => t with { Id = Core.Assets.AssetId.Parse($"bip122:0/erc20:{SampleToken.Contract}") })),
        ["a token's terms on native coin"] = ("no ERC-20 token", d => d with { Assets = [d.Assets[0] with { Token = SampleToken.Registration.Token }] }),
        ["a token without code hash"] = ("Keccak-256", Token(t => t with { Token = t.Token! with { CodeHash = "" } })),
        ["a token's code hash in upper case"] = ("Keccak-256", Token(t => t with { Token = t.Token! with { CodeHash = "0x" + new string('C', 64) } })),
        ["a token's code hash of no length"] = ("Keccak-256", Token(t => t with { Token = t.Token! with { CodeHash = "0x" + new string('c', 63) } })),
        ["a token with the gas of a plain transfer"] = ("gas ceiling", Token(t => t with { Token = t.Token! with { GasCeiling = 21_000 } })),
        ["a token with gas without end"] = ("gas ceiling", Token(t => t with { Token = t.Token! with { GasCeiling = 1_000_001 } })),
        ["negative decimals"] = ("decimals", d => d with { Assets = [d.Assets[0] with { Decimals = -1 }] }),
        ["more decimals than any amount has digits"] = ("decimals", Token(t => t with { Decimals = 78 })),
        ["a vault without tier"] = ("tier", d => d with { Vaults = [d.Vaults[0] with { Tier = VaultTier.Unknown }, d.Vaults[1]] }),
        ["a vault without key"] = ("tier", d => d with { Vaults = [d.Vaults[0] with { PublicKey = "" }, d.Vaults[1]] }),
        ["a vault on no registered chain"] = ("chain", d => d with { Chains = [] }),
        ["a chain without finality"] = ("finality", d => d with { Chains = [d.Chains[0] with { FinalityDepth = 0 }] }),
        ["a chain without block age"] = ("block age", d => d with { Chains = [d.Chains[0] with { MaxBlockAgeSeconds = 0 }] }),
        ["a chain that nobody reads"] = ("provider", d => d with { Chains = [d.Chains[0] with { ProvidersNeeded = 0 }] }),
        ["a limit without window"] = ("window", d => d with { Limits = [d.Limits[0] with { WindowSeconds = 0 }] }),
        ["a limit whose window is negative"] = ("window", d => d with { Limits = [d.Limits[0] with { WindowSeconds = -86_400 }] }),
        ["a limit without scope"] = ("scope", d => d with { Limits = [d.Limits[0] with { Scope = LimitScope.Unknown }] }),
        ["a limit twice"] = ("set twice", d => d with { Limits = [.. d.Limits, d.Limits[0] with { MaxAmount = 1 }] }),
        ["a whitelist that nobody signs"] = ("whitelist", d => d with { Whitelist = d.Whitelist with { Quorum = 0 } }),
        ["a negative whitelist cooling-off"] = ("whitelist", d => d with { Whitelist = d.Whitelist with { CoolingOffSeconds = -1 } }),
        ["screening by no list"] = ("sanctions list", d => d with { Screening = d.Screening! with { Lists = [] } }),
        ["a sanctions list without age"] = ("ages", d => d with { Screening = d.Screening! with { Lists = [d.Screening.Lists[0] with { MaxAgeSeconds = 0 }] } }),
        ["a sanctions list without publication age"] = ("ages", d => d with { Screening = d.Screening! with { Lists = [d.Screening.Lists[0] with { MaxPublicationAgeSeconds = 0 }] } }),
        ["a sanctions list twice"] = ("set twice", d => d with { Screening = d.Screening! with { Lists = [d.Screening.Lists[0], d.Screening.Lists[0]] } }),
        ["a provider that may take for ever"] = ("timeout", d => d with { Screening = d.Screening! with { ProviderTimeoutSeconds = 61 } }),
        ["a provider for a stranger"] = ("not registered", d => d with { Screening = d.Screening! with { ProviderClients = ["exchange-z"] } }),
        ["patterns of one payment"] = ("at least 2", d => d with { Screening = d.Screening! with { Patterns = [d.Screening.Patterns[0] with { StructuringCount = 1 }] } }),
        ["patterns twice"] = ("set twice", d => d with { Screening = d.Screening! with { Patterns = [d.Screening.Patterns[0], d.Screening.Patterns[0]] } }),
        ["a replacement at once"] = ("replaces", d => Replacing(d, new ReplacementTerms(0, 1))),
        ["a replacement never"] = ("replaces", d => Replacing(d, new ReplacementTerms(60, 0))),
        ["upkeep by one operator"] = ("fills gaps", d => Maintaining(d, new MaintenanceTerms(1, 1, 1, 1, 1))),
        ["upkeep that may cost nothing"] = ("fills gaps", d => Maintaining(d, new MaintenanceTerms(2, 0, 1, 1, 1))),
        ["upkeep that may offer nothing"] = ("fills gaps", d => Maintaining(d, new MaintenanceTerms(2, 1, 0, 1, 1))),
        ["upkeep on no day"] = ("fills gaps", d => Maintaining(d, new MaintenanceTerms(2, 1, 1, 0, 1))),
        ["gas funding by one operator"] = ("funds gas", d => Maintaining(d, new MaintenanceTerms(2, 1, 1, 1, 1, new GasFundingTerms(1, 1, 1, 1, 1)))),
        ["gas funding of nothing"] = ("funds gas", d => Maintaining(d, new MaintenanceTerms(2, 1, 1, 1, 1, new GasFundingTerms(2, 0, 1, 1, 1)))),
        ["gas funding on no day"] = ("funds gas", d => Maintaining(d, new MaintenanceTerms(2, 1, 1, 1, 1, new GasFundingTerms(2, 2, 1, 1, 1)))),
        ["gas funding that may cost nothing"] = ("funds gas", d => Maintaining(d, new MaintenanceTerms(2, 1, 1, 1, 1, new GasFundingTerms(2, 1, 1, 0, 1)))),
        ["gas funding that may offer nothing"] = ("funds gas", d => Maintaining(d, new MaintenanceTerms(2, 1, 1, 1, 1, new GasFundingTerms(2, 1, 1, 1, 0)))),
        ["upkeep at once"] = ("fills gaps", d => Maintaining(d, new MaintenanceTerms(2, 1, 1, 1, 0))),
        ["fee bumps by nobody"] = ("bumps fees or cancels", d => Bumping(d, t => t with { Approvals = new Quorum(0, 0, null, Automatic: true) })),
        ["fee bumps by WebAuthn"] = ("bumps fees or cancels", d => Bumping(d, t => t with { Approvals = t.Approvals with { WebAuthn = true } })),
        ["fee bumps by groups"] = ("bumps fees or cancels", d => Bumping(d, t => t with { Approvals = t.Approvals with { Groups = [new ApprovalGroup("treasury", 1, 1)] } })),
        ["fee bumps by one person from two sites"] = ("more sites", d => Bumping(d, t => t with { Approvals = new Quorum(1, 2, null) })),
        ["fee bumps for nothing"] = ("fees above zero", d => Bumping(d, t => t with { Fee = t.Fee with { MaxTotal = 0 } })),
        ["fee bumps without a rate"] = ("fees above zero", d => Bumping(d, t => t with { Fee = t.Fee with { MaxRate = 0 } })),
        ["fee bumps of more than everything"] = ("share between", d => Bumping(d, t => t with { Fee = t.Fee with { MaxShareBasisPoints = 10_001 } })),
        ["no fee bumps at all"] = ("times", d => Bumping(d, t => t with { Most = 0 })),
        ["fee bumps without end"] = ("times", d => Bumping(d, t => t with { Most = 21 })),
        ["fee bumps at once"] = ("deadline", d => Bumping(d, t => t with { ApprovalSeconds = 0 })),
        ["replacements without end"] = ("replaces", d => Replacing(d, new ReplacementTerms(60, 31))),
        ["no transaction in flight"] = ("in flight", d => d with { Chains = [d.Chains[0] with { MaxInFlight = 0 }] }),
        ["a firmware without a name"] = ("firmware", d => Firmware(d, "")),
        ["a firmware with blanks around it"] = ("firmware", d => Firmware(d, "software 1 ")),
        ["a firmware in brackets"] = ("firmware", d => Firmware(d, "software [1]")),
        ["a firmware that is not ASCII"] = ("firmware", d => Firmware(d, "sóftware 1")),
        ["a firmware longer than any"] = ("firmware", d => Firmware(d, new string('1', 101))),
        ["a firmware twice"] = ("firmware", d => Firmware(d, "software 1", "software 1")),
        ["a rule on no vault"] = ("not registered", d => d with { Rules = [d.Rules[0] with { VaultId = "cold-1" }] }),
        ["a rule for nothing"] = ("assets", d => d with { Rules = [d.Rules[0] with { Assets = [] }] }),
        ["a rule for another chain's asset"] = ("assets", d => d with { Rules = [d.Rules[0] with { Assets = [Core.Assets.AssetId.Parse("eip155:1/slip44:60")] }] }),
        ["a rule that nobody approves"] = ("approver", d => d with { Rules = [d.Rules[0] with { Approvals = d.Rules[0].Approvals with { Min = 0 } }] }),
        ["a rule without site"] = ("site", d => d with { Rules = [d.Rules[0] with { Approvals = d.Rules[0].Approvals with { MinSites = 0 } }] }),
        ["a rule without deadline"] = ("deadline", d => d with { Rules = [d.Rules[0] with { ApprovalSeconds = 0 }] }),
        ["a negative cooling-off"] = ("cooling-off", d => d with { Rules = [d.Rules[0] with { CoolingOffSeconds = -1 }] }),
        ["a rule whose tier is not its vault's"] = ("tier", d => d with { Rules = [d.Rules[0] with { Tier = VaultTier.Cold }] }),
        ["a rule with a condition of nothing"] = ("lists nothing", d => d with { Rules = [d.Rules[0] with { Clients = [] }] }),
        ["a rule at no hours"] = ("lists nothing", d => d with { Rules = [d.Rules[0] with { Times = [] }] }),
        ["a rule for an unknown class"] = ("no class", d => d with { Rules = [d.Rules[0] with { CustomerClasses = [Customers.CustomerClass.Unknown] }] }),
        ["a rule for an unknown destination"] = ("kind of destination", d => d with { Rules = [d.Rules[0] with { Destinations = [DestinationKind.Unknown] }] }),
        ["a rule that begins above its limit"] = ("begins above", d => d with { Rules = [d.Rules[0] with { MinAmount = d.Rules[0].MaxAmount + 1 }] }),
        ["a rule for no value"] = ("range of values", d => d with { Rules = [d.Rules[0] with { Value = new ValueRange(5, 5) }] }),
        ["a rule for all values"] = ("range of values", d => d with { Rules = [d.Rules[0] with { Value = new ValueRange(null, null) }] }),
        ["a rule for values without prices"] = ("asks for a value", d => d with { Prices = null, Retail = null, Rules = [d.Rules[0] with { Value = new ValueRange(5, null) }] }),
        ["hours in no zone"] = ("IANA", d => d with { Rules = [d.Rules[0] with { Times = [new TimeWindow("Kowloon Side", "09:00", "18:00")] }] }),
        ["hours that end before they begin"] = ("time window", d => d with { Rules = [d.Rules[0] with { Times = [new TimeWindow("Asia/Hong_Kong", "18:00", "09:00")] }] }),
        ["hours that are none"] = ("time window", d => d with { Rules = [d.Rules[0] with { Times = [new TimeWindow("Asia/Hong_Kong", "9:00", "18:00")] }] }),
        ["hours on no day"] = ("no day", d => d with { Rules = [d.Rules[0] with { Times = [new TimeWindow("Asia/Hong_Kong", "09:00", "18:00", [])] }] }),
        ["a first-use cap above the limit"] = ("first use", d => d with { Rules = [d.Rules[0] with { FirstUseMaxAmount = d.Rules[0].MaxAmount + 1 }] }),
        ["a first-use cap on what is none"] = ("first use", d => d with { Rules = [d.Rules[0] with { FirstUse = false, FirstUseMaxAmount = 1 }] }),
        ["an approval group without places"] = ("without places", d => Grouped(d, new ApprovalGroup("treasury", 0, 1))),
        ["an approval group with more sites than places"] = ("more sites", d => Grouped(d, new ApprovalGroup("treasury", 1, 2))),
        ["no approval groups"] = ("without places", d => Grouped(d)),
        ["two approval groups of one role"] = ("of one role", d => Grouped(d, new ApprovalGroup("treasury", 1, 1), new ApprovalGroup("treasury", 1, 1))),
        ["more places than people"] = ("more places", d => Grouped(d, new ApprovalGroup("treasury", 2, 1), new ApprovalGroup("risk", 1, 1))),
        ["an approval group that does not count"] = ("does not count", d => d with { Rules = [d.Rules[0] with { Approvals = new Quorum(2, 1, ["treasury"], [new ApprovalGroup("risk", 1, 1)]) }] }),
        ["a rule for our own vaults"] = ("our own vaults", d => d with { Rules = [d.Rules[0] with { Destinations = [DestinationKind.WhitelistedExternal, DestinationKind.OwnVault] }] }),
        ["automatic approval by two"] = ("one of the two", d => d with { Rules = [d.Rules[0] with { Approvals = d.Rules[0].Approvals with { Automatic = true } }] }),
        ["automatic approval denied and nobody else"] = ("approver", d => d with { Rules = [d.Rules[0] with { Approvals = new Quorum(0, 0, null, Automatic: false) }] }),
        ["automatic approval without a window of its own"] = ("automatic limit", d => d with { Rules = [d.Rules[0] with { Approvals = new Quorum(0, 0, null, Automatic: true) }] }),
        ["automatic approval with a window no lower"] = ("automatic limit", d => d with
        {
            Rules = [d.Rules[0] with { Approvals = new Quorum(0, 0, null, Automatic: true) }],
            Limits = [.. d.Limits, SampleGovernance.Limit(LimitScope.Automatic, 60)],
        }),
        ["a customer's value as a limit of an asset"] = ("retail terms", d => d with { Limits = [.. d.Limits, SampleGovernance.Limit(LimitScope.CustomerValue, 1)] }),
        ["the platform's value as a limit of an asset"] = ("value terms", d => d with { Limits = [.. d.Limits, SampleGovernance.Limit(LimitScope.PlatformValue, 1)] }),
        ["a limit over all assets without prices"] = ("over all assets", d => d with { Prices = null, Retail = null, PlatformValue = new PlatformValueTerms(60, 1) }),
        ["a limit over all assets in no window"] = ("limit in value", d => d with { PlatformValue = new PlatformValueTerms(0, 1) }),
        ["a limit over all assets of nothing"] = ("limit in value", d => d with { PlatformValue = new PlatformValueTerms(60, 0) }),
        ["a pattern of all assets' value without prices"] = ("all assets' value", d => d with { Prices = null, Retail = null, Screening = d.Screening! with { Value = new Core.Screening.ValuePatternTerms(60, 1) } }),
        ["a pattern of all assets' value in no window"] = ("all assets' value", d => d with { Screening = d.Screening! with { Value = new Core.Screening.ValuePatternTerms(0, 1) } }),
        ["prices from nobody"] = ("no source", d => d with { Prices = d.Prices! with { Sources = [] } }),
        ["a source of prices twice"] = ("source of prices", d => d with { Prices = d.Prices! with { Sources = [.. d.Prices.Sources, new Core.Prices.PriceSource("feed-1", People.Stranger.Registered)] } }),
        ["a price key that is somebody's"] = ("public key", d => d with { Prices = d.Prices! with { Sources = [new Core.Prices.PriceSource("feed-2", People.Olga.Registered with { KeyId = "x" })] } }),
        ["prices in no currency"] = ("currency", d => d with { Prices = d.Prices! with { Currency = "usd" } }),
        ["prices in too small a unit"] = ("decimals", d => d with { Prices = d.Prices! with { Decimals = 19 } }),
        ["prices that never age"] = ("maximal age", d => d with { Prices = d.Prices! with { MaxAgeSeconds = 0 } }),
        ["prices that never move"] = ("maximal move", d => d with { Prices = d.Prices! with { MaxMoveBasisPoints = 0 } }),
        ["prices that move far in no time"] = ("between 7200 and 86400", d => d with { Prices = d.Prices! with { MoveSeconds = 7_199 } }),
        ["prices that move far in more than a day"] = ("between 7200 and 86400", d => d with { Prices = d.Prices! with { MoveSeconds = 86_401 } }),
        ["a retail limit without prices"] = ("daily value limit", d => d with { Prices = null }),
        ["a retail limit of nothing"] = ("daily value limit", d => d with { Retail = d.Retail! with { MaxDailyValue = 0 } }),
        ["an unknown asset for retail"] = ("retail terms name", d => d with { Retail = d.Retail! with { Assets = [Core.Assets.AssetId.Parse("eip155:1/slip44:60")] } }),
        ["a fee share above everything"] = ("fee share", d => d with { Rules = [d.Rules[0] with { Fee = d.Rules[0].Fee with { MaxShareBasisPoints = 10_001 } }] }),
    };

    private static Func<GovernanceDocument, GovernanceDocument> Token(Func<AssetRegistration, AssetRegistration> edit) =>
        d => d with { Assets = [.. d.Assets, edit(SampleToken.Registration)] };

    [Fact]
    public void Verify_WithAToken_IsVerified() =>
        Assert.IsType<GovernanceReading.Verified>(GovernanceVerifier.Verify(SampleToken.World.GovernanceDocument, World.TrustRoot, World.Now));

    private static Func<GovernanceDocument, GovernanceDocument> Several(IReadOnlyList<string> vaults) => d => d with
    {
        Vaults = [.. d.Vaults, SampleGovernance.Vault("hot-2", VaultTier.Hot, new VaultKey("hot-2"))],
        Rules = [d.Rules[0] with { Vaults = vaults }, d.Rules[1]],
    };

    [Fact]
    public void Verify_ARuleOfSeveralVaultsOfWhichOneIsSuspended_IsVerified()
    {
        var several = Several(["hot-2"])(Good);
        var suspended = several with { Vaults = [.. several.Vaults.SkipLast(1), several.Vaults[^1] with { State = VaultKeyState.Suspended }] };

        Assert.IsType<GovernanceReading.Verified>(
            GovernanceVerifier.Verify((World with { Governance = suspended }).GovernanceDocument, World.TrustRoot, World.Now));
    }

    public static TheoryData<string> ProblemNames => [.. Problems.Keys];

    [Fact]
    public void Verify_SignedByItsQuorumUnderThePinnedRoot_IsVerified()
    {
        var governed = Assert.IsType<GovernanceReading.Verified>(GovernanceVerifier.Verify(World.GovernanceDocument, World.TrustRoot, World.Now)).Governed;

        Assert.Equal(Good.Digest(), governed.Digest);
        Assert.Equal(World.TrustRoot, governed.TrustRoot);
    }

    // The chain is verified whole at each use, so a governor's key that ran out would stop everything for good.
    [Fact]
    public void Verify_AGovernorsKeyThatRunsOut_IsRefused()
    {
        var (first, others) = (SampleGovernance.Document.Governors.Members[0], SampleGovernance.Document.Governors.Members.Skip(1));
        var timed = first with { Key = first.Key with { Terms = new Core.Signatures.KeyTerms(NotAfter: CustodyWorld.Start.AddYears(1)) } };
        var world = CustodyWorld.Default with { Governance = SampleGovernance.Document with { Governors = SampleGovernance.Document.Governors with { Members = [timed, .. others] } } };

        var refused = Assert.IsType<GovernanceReading.Refused>(GovernanceVerifier.Verify(world.GovernanceDocument, world.Governance.Governors.TrustRoot(), world.Now));

        Assert.Equal(RefusalCode.GovernanceInvalid, refused.Code);
        Assert.Contains("must have no terms", refused.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ProblemNames))]
    public void Verify_SignedButInconsistent_IsRefusedAndSaysWhy(string problem)
    {
        var (says, edit) = Problems[problem];
        var refused = Refused(World with { Governance = edit(Good) });

        Assert.Equal(RefusalCode.GovernanceInvalid, refused.Code);
        Assert.Contains(says, refused.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(-1)]
    public void Verify_QuorumThatMeansNothing_IsRefused(int quorum)
    {
        var changed = World with { Governance = Good with { Governors = Good.Governors with { Quorum = quorum } } };

        var refused = Assert.IsType<GovernanceReading.Refused>(GovernanceVerifier.Verify(changed.GovernanceDocument, changed.Governance.Governors.TrustRoot(), World.Now));

        Assert.Contains(refused.Code, new[] { RefusalCode.GovernanceUnsigned, RefusalCode.GovernanceInvalid });
        Assert.NotNull(GovernanceConsistency.Problem(changed.Governance, GovernanceKeys.Of(changed.Governance)));
    }

    [Fact]
    public void Verify_OneSignatureTwice_CountsOnce()
    {
        var once = World.GovernanceDocument.Signatures[0];

        Assert.Equal(RefusalCode.GovernanceUnsigned, Refused(World with { GovernanceDocument = World.GovernanceDocument with { Signatures = [once, once] } }).Code);
    }

    [Fact]
    public void Verify_SignedByOthers_IsRefused() => Assert.Equal(
        RefusalCode.GovernanceUnsigned,
        Refused(World with { GovernanceDocument = Signing.Document(DocumentType.Governance, Good, World.Now, People.Ann, People.Stranger, People.Gina) }).Code);

    [Fact]
    public void Verify_SignaturesOfAnotherType_AreRefused() => Assert.Equal(
        RefusalCode.GovernanceUnsigned, Refused(World with { GovernanceDocument = Signing.Document(DocumentType.Freeze, Good, World.Now, People.Gina, People.Gus) }).Code);

    [Fact]
    public void Verify_OtherGovernors_TrustRootMismatch()
    {
        var changed = World with { Governance = Good with { Governors = Good.Governors with { Quorum = 1 } } };

        Assert.Equal(RefusalCode.TrustRootMismatch, Refused(changed).Code);
    }

    [Fact]
    public void Verify_MissingMalformedOrAnotherVersion_IsRefused()
    {
        Assert.Equal(RefusalCode.GovernanceInvalid, Assert.IsType<GovernanceReading.Refused>(GovernanceVerifier.Verify(null, World.TrustRoot, World.Now)).Code);
        Assert.Equal(RefusalCode.GovernanceInvalid, Refused(World with { GovernanceDocument = SignedDocument.Of("{}"u8, []) }).Code);
        Assert.Equal(RefusalCode.GovernanceInvalid, Refused(World with { Governance = Good with { Version = 2 } }).Code);
        Assert.Equal(RefusalCode.GovernanceInvalid, Refused(World with { Governance = Good with { Previous = Good.Digest() } }).Code);
    }

    [Fact]
    public void GovernanceInForce_AnotherThanTheJournals_IsRefused()
    {
        var reading = GovernanceVerifier.Verify(World.GovernanceDocument, World.TrustRoot, World.Now);

        Assert.IsType<GovernanceReading.Verified>(GovernanceInForce.Check(reading, World.Stops, World.Now));
        Assert.IsType<GovernanceReading.Refused>(GovernanceInForce.Check(reading, StopLines.Fold([]), World.Now));
        Assert.IsType<GovernanceReading.Refused>(GovernanceInForce.Check(reading, StopLines.Fold([World.InForce with { Digest = "other" }]), World.Now));
        Assert.IsType<GovernanceReading.Refused>(GovernanceInForce.Check(reading, StopLines.Fold([World.InForce with { Subject = "2" }]), World.Now));
    }

    [Fact]
    public void Governed_LooksUpByRole()
    {
        var governed = World.Governed;

        Assert.Equal(("ann", "ann-phone"), (governed.Holder("device-ann", KeyRole.ApproverDevice)!.OwnerId, governed.Holder("device-ann")!.DeviceId));
        Assert.Null(governed.Holder("device-ann", KeyRole.Operator));
        Assert.Null(governed.Keys(KeyRole.Client)("device-ann"));
        Assert.Null(governed.Holder("nobody"));
        Assert.Equal(People.HotKey.Address, governed.Vault("hot-1")!.EvmAddress());
        Assert.Null(governed.Vault("cold-1"));
        Assert.Null(governed.Chain(Core.Assets.ChainId.Parse("eip155:1")));
        Assert.Equal("ETH", governed.Asset(SampleGovernance.Ether)!.Symbol);
    }

    private static GovernanceDocument Maintaining(GovernanceDocument document, MaintenanceTerms terms) =>
        document with { Chains = [document.Chains[0] with { Maintenance = terms }] };

    private static GovernanceDocument Bumping(GovernanceDocument document, Func<AmendmentTerms, AmendmentTerms> edit) => document with
    {
        Rules = [document.Rules[0] with { Cancel = edit(new AmendmentTerms(new Quorum(1, 1, null), new FeeCaps(5, 5, 5), 1, 60)) }, document.Rules[1]],
    };

    private static GovernanceDocument Replacing(GovernanceDocument document, ReplacementTerms terms) =>
        document with { Chains = [document.Chains[0] with { Replacement = terms }] };

    private static GovernanceDocument Firmware(GovernanceDocument document, params string[] firmware) =>
        document with { Vaults = [document.Vaults[0] with { Firmware = firmware }, .. document.Vaults.Skip(1)] };

    private static Approver Committed(Approver approver, string? commitment = null) => approver with
    {
        Devices = [.. approver.Devices.Select(d => d with { DuressCommitment = commitment ?? new string('a', 64) })],
    };

    private static GovernanceDocument Grouped(GovernanceDocument document, params ApprovalGroup[] groups) =>
        document with { Rules = [document.Rules[0] with { Approvals = new Quorum(2, 1, null, groups) }] };

    private static GovernanceReading.Refused Refused(CustodyWorld world) =>
        Assert.IsType<GovernanceReading.Refused>(GovernanceVerifier.Verify(world.GovernanceDocument, World.TrustRoot, World.Now));
}
