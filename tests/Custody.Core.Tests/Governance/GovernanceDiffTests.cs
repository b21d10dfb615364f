using Custody.Core.Customers;
using Custody.Core.Governance;
using Custody.Core.Governance.Change;
using Custody.Core.Policy;
using Custody.Core.Screening;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Governance;

public sealed class GovernanceDiffTests
{
    private static MaintenanceTerms Upkeep => new(Quorum: 3, MaxTotal: 100, MaxRate: 100, FillsPerDay: 5, AfterSeconds: 600, GasFunding: new GasFundingTerms(3, 10, 20, 100, 100));

    private static AmendmentTerms Amended => new(new Quorum(2, 2, null), new FeeCaps(100, 100, 100), Most: 3, ApprovalSeconds: 600);

    private static readonly GovernanceDocument Before = SampleGovernance.Document with
    {
        Vaults = [.. SampleGovernance.Document.Vaults, SampleGovernance.Vault("warm-2", VaultTier.Warm, new VaultKey("warm-2")), SampleGovernance.Vault("warm-3", VaultTier.Warm, new VaultKey("warm-3"))],
        Assets = [.. SampleGovernance.Document.Assets, SampleToken.Registration],
        Chains = [SampleGovernance.Document.Chains[0] with { Replacement = new ReplacementTerms(600, 3), MaxInFlight = 8, Maintenance = Upkeep }],
        Rules = [SampleGovernance.Document.Rules[0] with { FeeBump = Amended, Cancel = Amended }, SampleGovernance.Document.Rules[1] with { Vaults = ["warm-2", "warm-3"] }],
        PlatformValue = new PlatformValueTerms(86_400, 1_000),
        Prices = SampleGovernance.Document.Prices! with { MoveSeconds = 7_200 },
    };

    private static readonly Dictionary<string, Func<GovernanceDocument, GovernanceDocument>> Tighter = new(StringComparer.Ordinal)
    {
        ["a client removed"] = d => d with { Clients = [d.Clients[0]] },
        ["a client's key removed"] = d => d with { Clients = [d.Clients[0] with { Keys = [] }, d.Clients[1]] },
        ["a client suspended"] = d => d with { Clients = [d.Clients[0] with { Suspended = true }, d.Clients[1]] },
        ["an approver removed"] = d => d with { Approvers = [.. d.Approvers.Skip(1)] },
        ["a device removed"] = d => d with { Approvers = [d.Approvers[0] with { Devices = [] }, .. d.Approvers.Skip(1)] },
        ["an operator removed"] = d => d with { Operators = [d.Operators[0]] },
        ["the last rule removed"] = d => d with { Rules = [d.Rules[0]] },
        ["every rule removed"] = d => d with { Rules = [] },
        ["a vault's key suspended"] = d => State(d, VaultKeyState.Suspended),
        ["a vault's key deactivated"] = d => State(d, VaultKeyState.Deactivated),
        ["a vault's key compromised"] = d => State(d, VaultKeyState.Compromised),
        ["a vault's key destroyed"] = d => State(d, VaultKeyState.Destroyed),
        ["a firmware removed"] = d => Firmware(d, []),
        ["no firmware, which denies"] = d => Firmware(d, null),
        ["a rule's amount lowered"] = d => d with { Rules = [d.Rules[0] with { MaxAmount = d.Rules[0].MaxAmount - 1 }, d.Rules[1]] },
        ["a rule's quorum raised"] = d => d with { Rules = [d.Rules[0] with { Approvals = d.Rules[0].Approvals with { Min = 3 } }, d.Rules[1]] },
        ["a rule's sites raised"] = d => d with { Rules = [d.Rules[0] with { Approvals = d.Rules[0].Approvals with { MinSites = 3 } }, d.Rules[1]] },
        ["a rule's cooling-off raised"] = d => d with { Rules = [d.Rules[0] with { CoolingOffSeconds = 601 }, d.Rules[1]] },
        ["a rule's deadline shortened"] = d => d with { Rules = [d.Rules[0] with { ApprovalSeconds = 3599 }, d.Rules[1]] },
        ["a fee cap lowered"] = d => d with { Rules = [d.Rules[0] with { Fee = d.Rules[0].Fee with { MaxRate = 1 } }, d.Rules[1]] },
        ["a limit lowered"] = d => d with { Limits = [d.Limits[0] with { MaxAmount = 9 }, .. d.Limits.Skip(1)] },
        ["a limit removed, which denies"] = d => d with { Limits = [.. d.Limits.Skip(1)] },
        ["a limit over a longer window"] = d => d with { Limits = [d.Limits[0] with { WindowSeconds = 100_000 }, .. d.Limits.Skip(1)] },
        ["one of a rule's vaults removed"] = d => d with { Rules = [d.Rules[0], d.Rules[1] with { Vaults = ["warm-3"] }] },
        ["all but a rule's first vault removed"] = d => d with { Rules = [d.Rules[0], d.Rules[1] with { Vaults = null }] },
        ["a vault removed, and from its rule"] = d => d with { Vaults = [.. d.Vaults.SkipLast(1)], Rules = [d.Rules[0], d.Rules[1] with { Vaults = ["warm-2"] }] },
        ["replacements later"] = d => d with { Chains = [d.Chains[0] with { Replacement = new ReplacementTerms(601, 3) }] },
        ["fewer replacements"] = d => d with { Chains = [d.Chains[0] with { Replacement = new ReplacementTerms(600, 2) }] },
        ["no replacements"] = d => d with { Chains = [d.Chains[0] with { Replacement = null }] },
        ["no fee bumps"] = d => Bumping(d, null),
        ["more approvers of a fee bump"] = d => Bumping(d, Amended with { Approvals = new Quorum(3, 2, null) }),
        ["more sites for a fee bump"] = d => Bumping(d, Amended with { Approvals = new Quorum(2, 3, null) }),
        ["smaller fee bumps"] = d => Bumping(d, Amended with { Fee = new FeeCaps(99, 99, 99) }),
        ["fewer fee bumps"] = d => Bumping(d, Amended with { Most = 2 }),
        ["less time for a fee bump"] = d => Bumping(d, Amended with { ApprovalSeconds = 599 }),
        ["no cancels after the signature"] = d => Cancelling(d, null),
        ["more approvers of a cancel"] = d => Cancelling(d, Amended with { Approvals = new Quorum(3, 3, null) }),
        ["cheaper cancels"] = d => Cancelling(d, Amended with { Fee = new FeeCaps(99, 99, 99) }),
        ["fewer cancels"] = d => Cancelling(d, Amended with { Most = 2, ApprovalSeconds = 599 }),
        ["no upkeep"] = d => Maintaining(d, null),
        ["more operators for upkeep"] = d => Maintaining(d, Upkeep with { Quorum = 4 }),
        ["cheaper upkeep"] = d => Maintaining(d, Upkeep with { MaxTotal = 99, MaxRate = 99 }),
        ["fewer fills a day"] = d => Maintaining(d, Upkeep with { FillsPerDay = 4 }),
        ["fills later"] = d => Maintaining(d, Upkeep with { AfterSeconds = 601 }),
        ["no gas funding"] = d => Maintaining(d, Upkeep with { GasFunding = null }),
        ["more operators for gas funding"] = d => Funding(d, f => f with { Quorum = 4 }),
        ["less gas at once"] = d => Funding(d, f => f with { MaxAmount = 9 }),
        ["less gas a day"] = d => Funding(d, f => f with { MaxPerDay = 19 }),
        ["cheaper gas funding"] = d => Funding(d, f => f with { MaxTotal = 99, MaxRate = 99 }),
        ["fewer transactions in flight"] = d => d with { Chains = [d.Chains[0] with { MaxInFlight = 7 }] },
        ["deeper finality"] = d => d with { Chains = [d.Chains[0] with { FinalityDepth = 4 }] },
        ["providers of a chain asked for"] = d => d with { Chains = [d.Chains[0] with { ProvidersNeeded = 3 }] },
        ["a longer whitelist cooling-off"] = d => d with { Whitelist = d.Whitelist with { CoolingOffSeconds = 90_000 } },
        ["no prices, which denies what needs one"] = d => d with { Prices = null },
        ["prices that age sooner"] = d => d with { Prices = d.Prices! with { MaxAgeSeconds = 1 } },
        ["prices that move no further for longer"] = d => d with { Prices = d.Prices! with { MoveSeconds = 7_201 } },
        ["prices that move no further for a day"] = d => d with { Prices = d.Prices! with { MoveSeconds = null } },
        ["prices that may move less"] = d => d with { Prices = d.Prices! with { MaxMoveBasisPoints = 1 } },
        ["a lower limit over all assets"] = d => d with { PlatformValue = d.PlatformValue! with { MaxValue = 999 } },
        ["a limit over all assets in a longer window"] = d => d with { PlatformValue = d.PlatformValue! with { WindowSeconds = 86_401 } },
        ["no terms for retail customers"] = d => d with { Retail = null },
        ["an asset taken from retail customers"] = d => d with { Retail = d.Retail! with { Assets = [] } },
        ["a lower daily value for retail customers"] = d => d with { Retail = d.Retail! with { MaxDailyValue = 1 } },
        ["nothing says what is screened, which denies"] = d => d with { Screening = null },
        ["one sanctions list more"] = d => d with { Screening = d.Screening! with { Lists = [.. d.Screening.Lists, new SanctionsListTerms("another", 1, 1)] } },
        ["a sanctions list that must be newer"] = d => d with { Screening = d.Screening! with { Lists = [d.Screening.Lists[0] with { MaxAgeSeconds = 1 }] } },
        ["the screening provider asked besides"] = d => d with { Screening = d.Screening! with { ProviderNeeded = true } },
        ["the value of all assets watched"] = d => d with { Screening = d.Screening! with { Value = new ValuePatternTerms(86_400, 100) } },
        ["a video call asked for"] = d => d with { Rules = [d.Rules[0] with { VideoConfirmation = true }, d.Rules[1]] },
        ["a token's gas ceiling lowered"] = d => d with { Assets = [d.Assets[0], Token(gas: SampleToken.GasCeiling - 1)] },
        ["a higher whitelist quorum"] = d => d with { Whitelist = d.Whitelist with { Quorum = 3 } },
    };

    private static readonly Dictionary<string, Func<GovernanceDocument, GovernanceDocument>> Weaker = new(StringComparer.Ordinal)
    {
        ["a token added"] = d => d with { Assets = [.. d.Assets, Token() with { Symbol = "USDY", Id = Core.Assets.AssetId.Parse("eip155:31337/erc20:0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512") }] },
        ["a token's gas ceiling raised"] = d => d with { Assets = [d.Assets[0], Token(gas: SampleToken.GasCeiling + 1)] },
        ["a token's code hash"] = d => d with { Assets = [d.Assets[0], Token(hash: "0x" + new string('d', 64))] },
        ["a token's decimals"] = d => d with { Assets = [d.Assets[0], Token() with { Decimals = 7 }] },
        ["a client added"] = d => d with { Clients = [.. d.Clients, new Client("exchange-c", "C", [])] },
        ["a client renamed"] = d => d with { Clients = [d.Clients[0] with { Name = "Another" }, d.Clients[1]] },
        ["a key added"] = d => d with { Clients = [d.Clients[0] with { Keys = [.. d.Clients[0].Keys, People.Stranger.Registered] }, d.Clients[1]] },
        ["a key exchanged"] = d => d with { Clients = [d.Clients[0] with { Keys = [People.Stranger.Registered with { KeyId = d.Clients[0].Keys[0].KeyId }] }, d.Clients[1]] },
        ["an approver added"] = d => d with { Approvers = [.. d.Approvers, People.Approver("dan", "hk")] },
        ["an approver at another site"] = d => d with { Approvers = [d.Approvers[0] with { Site = "mars" }, .. d.Approvers.Skip(1)] },
        ["a governor removed"] = d => d with { Governors = d.Governors with { Members = [.. d.Governors.Members.Skip(1)] } },
        ["the governors' quorum lowered"] = d => d with { Governors = d.Governors with { Quorum = 1 } },
        ["the governors' quorum raised"] = d => d with { Governors = d.Governors with { Quorum = 3 } },
        ["the first rule removed, whose withdrawals the next one takes"] = d => d with { Rules = [d.Rules[1]] },
        ["the rules in another order"] = d => d with { Rules = [d.Rules[1], d.Rules[0]] },
        ["a rule added"] = d => d with { Rules = [.. d.Rules, d.Rules[0] with { Id = "third" }] },
        ["a rule narrowed, whose withdrawals the next one takes"] = d => d with { Rules = [d.Rules[0] with { Clients = ["exchange-a"] }, d.Rules[1]] },
        ["a rule for another class"] = d => d with { Rules = [d.Rules[0] with { CustomerClasses = [CustomerClass.Professional] }, d.Rules[1]] },
        ["a vault's key said to be active"] = d => State(d, VaultKeyState.Active),
        ["a vault's key before its activation"] = d => State(d, VaultKeyState.PreActivation),
        ["a vault added"] = d => d with { Vaults = [.. d.Vaults, SampleGovernance.Vault("hot-2", VaultTier.Hot, new VaultKey("hot-2"))] },
        ["a rule's amount raised"] = d => d with { Rules = [d.Rules[0] with { MaxAmount = d.Rules[0].MaxAmount + 1 }, d.Rules[1]] },
        ["a rule's quorum lowered"] = d => d with { Rules = [d.Rules[0] with { Approvals = d.Rules[0].Approvals with { Min = 1 } }, d.Rules[1]] },
        ["a rule's vault"] = d => d with { Rules = [d.Rules[0] with { VaultId = "warm-1" }, d.Rules[1]] },
        ["a vault added to a rule's"] = d => d with
        {
            Vaults = [.. d.Vaults, SampleGovernance.Vault("warm-4", VaultTier.Warm, new VaultKey("warm-4"))],
            Rules = [d.Rules[0], d.Rules[1] with { Vaults = ["warm-2", "warm-3", "warm-4"] }],
        },
        ["a rule's first vault, with another of its own"] = d => d with { Rules = [d.Rules[0], d.Rules[1] with { VaultId = "warm-2", Vaults = null }] },
        ["a limit raised"] = d => d with { Limits = [d.Limits[0] with { MaxAmount = d.Limits[0].MaxAmount * 10 }, .. d.Limits.Skip(1)] },
        ["a limit over a shorter window"] = d => d with { Limits = [d.Limits[0] with { WindowSeconds = 60 }, .. d.Limits.Skip(1)] },
        ["a limit added where none denied"] = d => d with { Limits = [.. d.Limits, new VelocityLimit(LimitScope.Client, Core.Assets.AssetId.Parse("eip155:1/slip44:60"), 60, 1)] },
        ["replacements sooner"] = d => d with { Chains = [d.Chains[0] with { Replacement = new ReplacementTerms(599, 3) }] },
        ["more replacements"] = d => d with { Chains = [d.Chains[0] with { Replacement = new ReplacementTerms(600, 4) }] },
        ["more replacements and more in flight"] = d => d with { Chains = [d.Chains[0] with { Replacement = new ReplacementTerms(600, 5), MaxInFlight = 9 }] },
        ["fee bumps where there were none"] = d => d with { Rules = [d.Rules[0], d.Rules[1] with { FeeBump = Amended }] },
        ["cancels where there were none"] = d => d with { Rules = [d.Rules[0], d.Rules[1] with { Cancel = Amended }] },
        ["fewer approvers of a fee bump"] = d => Bumping(d, Amended with { Approvals = new Quorum(1, 2, null) }),
        ["fewer sites for a cancel"] = d => Cancelling(d, Amended with { Approvals = new Quorum(2, 1, null) }),
        ["a fee bump by another role"] = d => Bumping(d, Amended with { Approvals = new Quorum(2, 2, ["anybody"]) }),
        ["higher fee bumps"] = d => Bumping(d, Amended with { Fee = new FeeCaps(101, 100, 100) }),
        ["faster fee bumps"] = d => Bumping(d, Amended with { Fee = new FeeCaps(100, 101, 100) }),
        ["fee bumps of a larger share"] = d => Bumping(d, Amended with { Fee = new FeeCaps(100, 100, 101) }),
        ["more fee bumps"] = d => Bumping(d, Amended with { Most = 4 }),
        ["more time for a fee bump"] = d => Bumping(d, Amended with { ApprovalSeconds = 601 }),
        ["dearer cancels"] = d => Cancelling(d, Amended with { Fee = new FeeCaps(101, 100, 100) }),
        ["fewer operators for upkeep"] = d => Maintaining(d, Upkeep with { Quorum = 2 }),
        ["dearer upkeep"] = d => Maintaining(d, Upkeep with { MaxTotal = 101 }),
        ["dearer gas for upkeep"] = d => Maintaining(d, Upkeep with { MaxRate = 101 }),
        ["more fills a day"] = d => Maintaining(d, Upkeep with { FillsPerDay = 6 }),
        ["fills sooner"] = d => Maintaining(d, Upkeep with { AfterSeconds = 599 }),
        ["fewer operators for gas funding"] = d => Funding(d, f => f with { Quorum = 2 }),
        ["more gas at once"] = d => Funding(d, f => f with { MaxAmount = 11 }),
        ["more gas a day"] = d => Funding(d, f => f with { MaxPerDay = 21 }),
        ["dearer gas funding"] = d => Funding(d, f => f with { MaxTotal = 101 }),
        ["dearer gas for gas funding"] = d => Funding(d, f => f with { MaxRate = 101 }),
        ["as many transactions in flight as there may be by itself"] = d => d with { Chains = [d.Chains[0] with { MaxInFlight = null }] },
        ["finality less deep"] = d => d with { Chains = [d.Chains[0] with { FinalityDepth = 1 }] },
        ["another genesis"] = d => d with { Chains = [d.Chains[0] with { GenesisHash = "0x" + new string('2', 64) }] },
        ["older blocks believed"] = d => d with { Chains = [d.Chains[0] with { MaxBlockAgeSeconds = 6000 }] },
        ["another comparison key"] = d => d with { ComparisonKey = People.Stranger.Registered },
        ["a shorter whitelist cooling-off"] = d => d with { Whitelist = d.Whitelist with { CoolingOffSeconds = 1 } },
        ["a firmware added"] = d => Firmware(d, [.. d.Vaults[0].Firmware!, "software 2"]),
        ["a firmware exchanged"] = d => Firmware(d, ["software 2"]),
        ["a shorter delay"] = d => d with { Delays = new GovernanceDelays(1) },
        ["older prices believed"] = d => d with { Prices = d.Prices! with { MaxAgeSeconds = 1_000_000 } },
        ["a price source removed, whose absurd price denied"] = d => d with { Prices = d.Prices! with { Sources = [.. d.Prices.Sources.Skip(1)] } },
        ["a sanctions list less"] = d => d with { Screening = d.Screening! with { Lists = [] } },
        ["an older sanctions list believed"] = d => d with { Screening = d.Screening! with { Lists = [d.Screening.Lists[0] with { MaxAgeSeconds = 100_000_000 }] } },
        ["the screening provider asked for one client only"] = d => d with { Screening = d.Screening! with { ProviderClients = ["exchange-a"] } },
        ["no patterns"] = d => d with { Screening = d.Screening! with { Patterns = [] } },
        ["another reference currency"] = d => d with { Prices = d.Prices! with { Currency = "JPY" } },
        ["a higher daily value for retail customers"] = d => d with { Retail = d.Retail! with { MaxDailyValue = d.Retail.MaxDailyValue + 1 } },
        ["no limit over all assets"] = d => d with { PlatformValue = null },
        ["a higher limit over all assets"] = d => d with { PlatformValue = d.PlatformValue! with { MaxValue = 1001 } },
        ["a limit over all assets in a shorter window"] = d => d with { PlatformValue = d.PlatformValue! with { WindowSeconds = 86_399 } },
        ["decimals"] = d => d with { Assets = [d.Assets[0] with { Decimals = 6 }] },
    };

    private static GovernanceDocument Bumping(GovernanceDocument document, AmendmentTerms? terms) =>
        document with { Rules = [document.Rules[0] with { FeeBump = terms }, document.Rules[1]] };

    private static GovernanceDocument Cancelling(GovernanceDocument document, AmendmentTerms? terms) =>
        document with { Rules = [document.Rules[0] with { Cancel = terms }, document.Rules[1]] };

    private static GovernanceDocument Maintaining(GovernanceDocument document, MaintenanceTerms? terms) =>
        document with { Chains = [document.Chains[0] with { Maintenance = terms }] };

    private static GovernanceDocument Funding(GovernanceDocument document, Func<GasFundingTerms, GasFundingTerms> edit) =>
        Maintaining(document, Upkeep with { GasFunding = edit(Upkeep.GasFunding!) });

    private static GovernanceDocument State(GovernanceDocument document, VaultKeyState state) =>
        document with { Vaults = [document.Vaults[0] with { State = state }, .. document.Vaults.Skip(1)] };

    private static GovernanceDocument Firmware(GovernanceDocument document, IReadOnlyList<string>? firmware) =>
        document with { Vaults = [document.Vaults[0] with { Firmware = firmware }, .. document.Vaults.Skip(1)] };

    public static TheoryData<string> TighterNames => [.. Tighter.Keys];

    public static TheoryData<string> WeakerNames => [.. Weaker.Keys];

    [Theory]
    [MemberData(nameof(TighterNames))]
    public void Between_WhatCanOnlyStopMore_Tightens(string name)
    {
        var changes = GovernanceDiff.Between(Before, Tighter[name](Before));

        Assert.NotEmpty(changes.Changes);
        Assert.Equal(ChangeDirection.Tightens, changes.Direction);
        Assert.False(changes.IsMixed);
    }

    [Theory]
    [MemberData(nameof(WeakerNames))]
    public void Between_AnythingElse_Weakens(string name)
    {
        var changes = GovernanceDiff.Between(Before, Weaker[name](Before));

        Assert.NotEmpty(changes.Changes);
        Assert.Equal(ChangeDirection.Weakens, changes.Direction);
    }

    // What undoes a tightening weakens: nobody may tighten and take it back at once.
    [Theory]
    [MemberData(nameof(TighterNames))]
    public void Between_UndoingATightening_Weakens(string name) =>
        Assert.Equal(ChangeDirection.Weakens, GovernanceDiff.Between(Tighter[name](Before), Before).Direction);

    [Theory]
    [InlineData(null, 100, ChangeDirection.Tightens)]
    [InlineData(100, 99, ChangeDirection.Tightens)]
    [InlineData(100, 101, ChangeDirection.Weakens)]
    [InlineData(100, null, ChangeDirection.Weakens)]
    public void Between_ATokensFeeShare_LowerOrNewTightens(int? before, int? after, ChangeDirection expected)
    {
        GovernanceDocument Shared(int? share) => Before with { Rules = [Before.Rules[0] with { Fee = Before.Rules[0].Fee with { MaxTokenShareBasisPoints = share } }, .. Before.Rules.Skip(1)] };

        Assert.Equal(expected, GovernanceDiff.Between(Shared(before), Shared(after)).Direction);
    }

    [Fact]
    public void Between_ALimitOverAllAssetsWhereThereWasNone_Tightens() =>
        Assert.Equal(ChangeDirection.Tightens, GovernanceDiff.Between(Before with { PlatformValue = null }, Before).Direction);

    [Theory]
    [InlineData(86_400, 99, ChangeDirection.Tightens)]
    [InlineData(86_401, 100, ChangeDirection.Tightens)]
    [InlineData(86_400, 101, ChangeDirection.Weakens)]
    [InlineData(86_399, 100, ChangeDirection.Weakens)]
    public void Between_TheValueOfAllAssets_TightensWhereMoreIsLookedAt(int seconds, int most, ChangeDirection direction)
    {
        GovernanceDocument With(int window, int value) => Before with { Screening = Before.Screening! with { Value = new ValuePatternTerms(window, value) } };

        Assert.Equal(direction, GovernanceDiff.Between(With(86_400, 100), With(seconds, most)).Direction);
    }

    [Fact]
    public void Between_MoreProvidersOfAChain_TightensAndFewerWeakens()
    {
        var two = Before with { Chains = [Before.Chains[0] with { ProvidersNeeded = 2 }] };

        Assert.Equal(ChangeDirection.Tightens, GovernanceDiff.Between(two, Tighter["providers of a chain asked for"](Before)).Direction);
        Assert.Equal(ChangeDirection.Weakens, GovernanceDiff.Between(Tighter["providers of a chain asked for"](Before), two).Direction);
    }

    [Fact]
    public void Between_Both_IsMixed() => Assert.True(GovernanceDiff.Between(Before, Weaker["a rule's amount raised"](Tighter["an operator removed"](Before))).IsMixed);

    [Fact]
    public void Between_OnlyWhatEveryVersionChanges_IsEmpty() =>
        Assert.True(GovernanceDiff.Between(Before, Succession.Weaker(Before, d => d)).IsEmpty);

    [Fact]
    public void Between_SaysEachChangeInPlainWords()
    {
        var sentences = GovernanceDiff.Between(Before, Tighter["a rule's quorum raised"](Tighter["a client suspended"](Before))).Changes.Select(c => c.ToString());

        Assert.Equal(["clients 'exchange-a', suspended is added: true (tightens)", "rules 'retail', approvals, min goes from 2 to 3 (tightens)"], sentences);
    }

    [Fact]
    public void Between_AnElementKnownByATextWithDots_SaysItWhole() => Assert.Equal(
        "vaults 'hot-1', firmware 'SoftHSM v2 2.6' is added: \"SoftHSM v2 2.6\" (weakens)",
        Assert.Single(GovernanceDiff.Between(Before, Firmware(Before, [.. Before.Vaults[0].Firmware!, "SoftHSM v2 2.6"])).Changes).ToString());

    // A member that the classifier has never heard of: the default of everything is to weaken.
    [Fact]
    public void Direction_Default_Weakens()
    {
        Assert.Equal(ChangeDirection.Weakens, default);
        Assert.Equal(ChangeDirection.Weakens, new ChangeSet([]).Direction);
        Assert.Equal(ChangeDirection.Weakens, Tightening.DirectionOf(new GovernanceChange("rules[x].something", ChangeKind.Removed, "1", null, default), Before, Before));
    }

    private static AssetRegistration Token(int gas = SampleToken.GasCeiling, string? hash = null) =>
        SampleToken.Registration with { Token = new TokenTerms(hash ?? SampleToken.Registration.Token!.CodeHash, gas) };
}
