using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Policy;
using Custody.Core.Results;
using Custody.Core.Storage;
using Custody.Testing.World;
using Xunit;

namespace Custody.Vaults.Tests.Gate;

/// <summary>Governance changes between the intent and the signature.</summary>
public sealed class GovernanceChangeTests
{
    private static readonly GovernanceDocument First = SampleGovernance.Document;

    private static readonly Dictionary<string, Func<GovernanceDocument, GovernanceDocument>> Tightenings = new(StringComparer.Ordinal)
    {
        ["an approver who voted is removed"] = d => d with { Approvers = [.. d.Approvers.Skip(1)] },
        ["the device of one who voted is removed"] = d => d with { Approvers = [d.Approvers[0] with { Devices = [] }, .. d.Approvers.Skip(1)] },
        ["a higher quorum"] = d => d with { Rules = [d.Rules[0] with { Approvals = d.Rules[0].Approvals with { Min = 3 } }, d.Rules[1]] },
        ["a lower amount"] = d => d with { Rules = [d.Rules[0] with { MaxAmount = 1 }, d.Rules[1]] },
        ["a lower fee"] = d => d with { Rules = [d.Rules[0] with { Fee = d.Rules[0].Fee with { MaxTotal = 1 } }, d.Rules[1]] },
        ["no rule"] = d => d with { Rules = [] },
        ["the client suspended"] = d => d with { Clients = [d.Clients[0] with { Suspended = true }, d.Clients[1]] },
        ["the client's key removed"] = d => d with { Clients = [d.Clients[0] with { Keys = [] }, d.Clients[1]] },
        ["the vault's key suspended"] = d => d with { Vaults = [d.Vaults[0] with { State = VaultKeyState.Suspended }, d.Vaults[1]] },
        ["the vault's key compromised"] = d => d with { Vaults = [d.Vaults[0] with { State = VaultKeyState.Compromised }, d.Vaults[1]] },
        ["the asset removed"] = d => d with { Assets = [], Retail = d.Retail! with { Assets = [] } },
        ["no terms for retail customers"] = d => d with { Retail = null },
    };

    public static TheoryData<string> TighteningNames => [.. Tightenings.Keys];

    [Theory]
    [MemberData(nameof(TighteningNames))]
    public async Task SignAsync_TightenedSinceTheApprovals_IsRefusedAsGovernanceAndNotAsTampering(string name)
    {
        var bench = Changed(Succession.Next(First, Tightenings[name]));

        var refused = await bench.RefusedUnaskedAsync(RefusalCode.GovernanceTightened);

        Assert.False(refused.MayBeSigned);
    }

    [Fact]
    public async Task SignAsync_TightenedWhereItDoesNotMatter_Signs() =>
        Assert.IsType<GateOutcome.Signed>(await Changed(Succession.Next(First, d => d with { Operators = [d.Operators[0]] })).SignAsync());

    // The entry was signed by whom governance registered when it was activated.
    [Fact]
    public async Task SignAsync_AnApproverWhoSignedOnlyTheEntryLeft_Signs() =>
        Assert.IsType<GateOutcome.Signed>(await Changed(Succession.Next(First, d => d with { Approvers = [.. d.Approvers.Take(2)] })).SignAsync());

    [Fact]
    public async Task SignAsync_ALongerCoolingOff_WaitsForIt()
    {
        var bench = Changed(Succession.Next(First, d => d with { Rules = [d.Rules[0] with { CoolingOffSeconds = 86_400 }, d.Rules[1]] }));

        var wait = Assert.IsType<GateOutcome.NotYet>(await bench.SignAsync());

        Assert.Equal(StopLines.At(bench.World.QuorumReached).AddDays(1), wait.Until);
    }

    // Where nobody approves and nothing cools off no line of the journal was due, so a missing one is no sign of tampering.
    [Fact]
    public async Task SignAsync_ACoolingOffWhereThereWasNone_IsRefusedAsGovernanceAndNotAsTampering()
    {
        var first = Automatic(10) with { Rules = [Automatic(10).Rules[0] with { CoolingOffSeconds = 0 }, First.Rules[1]] };
        var next = Succession.Next(first, d => d with { Rules = [d.Rules[0] with { CoolingOffSeconds = 3_600 }, d.Rules[1]] });
        var world = CustodyWorld.Default with { Governance = first, Approving = [] };
        var bench = new GateBench(world with { StopFacts = [world.InForce, world.Activated, world.ListInForce, Succession.Proposed(next), Succession.InForce(next)] });
        Put(bench, next);

        await bench.RefusedUnaskedAsync(RefusalCode.GovernanceTightened);
    }

    [Fact]
    public async Task SignAsync_ALowerLimit_IsCountedAtOnce() => await Changed(
        Succession.Next(First, d => d with { Limits = [d.Limits[0] with { MaxAmount = 1 }, .. d.Limits.Skip(1)] })).RefusedUnaskedAsync(RefusalCode.VelocityExceeded);

    // A limit raised since is not the one that was approved under.
    [Theory]
    [InlineData(LimitScope.Destination)]
    [InlineData(LimitScope.Vault)]
    [InlineData(LimitScope.Platform)]
    public async Task SignAsync_AHigherLimit_DoesNotCountForWhatNamesTheLowerOne(LimitScope scope)
    {
        var low = Delayed with { Limits = [.. First.Limits.Select(l => l.Scope == scope ? l with { MaxAmount = SampleGovernance.OneEther } : l)] };
        var raised = Succession.Weaker(low, d => d with { Limits = First.Limits });

        await Changed(raised, low).RefusedUnaskedAsync(RefusalCode.VelocityExceeded);

        // What is asked for under the higher limit is paid.
        Assert.IsType<GateOutcome.Signed>(await new GateBench(CustodyWorld.Default with { Governance = Delayed }).SignAsync());
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(1, false)]
    public async Task SignAsync_AHigherAutomaticLimit_DoesNotCountForWhatNamesTheLowerOne(int ether, bool signs)
    {
        var low = Automatic(ether);
        var bench = Changed(Succession.Weaker(low, _ => Automatic(4)), low, approving: []);

        Assert.Equal(signs, await bench.SignAsync() is GateOutcome.Signed);
        Assert.Equal(signs ? 1 : 0, bench.Hot.Asked);
    }

    // Version 1 counted votes and had no automatic limit; there is none that could be passed, and the votes are there.
    [Fact]
    public async Task SignAsync_ARuleThatBecameAutomatic_CountsTheAutomaticLimitOfItsVersionAlone()
    {
        var automatic = Succession.Weaker(Delayed, _ => Automatic(3));
        Assert.IsType<GateOutcome.Signed>(await Changed(automatic, Delayed).SignAsync());

        var low = Succession.Weaker(Delayed, _ => Automatic(1));
        await Changed(low, Delayed).RefusedUnaskedAsync(RefusalCode.VelocityExceeded);
    }

    // Twenty minutes passed between the intent and its quorum.
    [Fact]
    public async Task SignAsync_ApproversGotLessTimeSince_TightenedAndNoExpiry()
    {
        await Changed(Succession.Next(First, d => d with { Rules = [.. d.Rules.Select(r => r with { ApprovalSeconds = 1199 })] })).RefusedUnaskedAsync(RefusalCode.GovernanceTightened);
        await Changed(Succession.Next(First, d => d with { Rules = [.. d.Rules.Select(r => r with { ApprovalSeconds = 1200 })] })).SignedAsync();
    }

    // The world's gate is asked at 12:00 UTC.
    [Fact]
    public async Task SignAsync_HoursWidenedSince_WaitsForThoseThatWereApproved()
    {
        var narrow = Hours(Delayed, "09:00", "11:59");
        var bench = Changed(Succession.Weaker(narrow, d => Hours(d, "09:00", "20:00")), narrow);

        Assert.Equal(new DateTimeOffset(2026, 2, 1, 9, 0, 0, TimeSpan.Zero), Assert.IsType<GateOutcome.NotYet>(await bench.SignAsync()).Until);
        Assert.Equal(0, bench.Hot.Asked);
    }

    [Fact]
    public async Task SignAsync_HoursWidenedSinceAndOpenInBoth_Signs()
    {
        var narrow = Hours(Delayed, "09:00", "12:01");
        Assert.IsType<GateOutcome.Signed>(await Changed(Succession.Weaker(narrow, d => Hours(d, "09:00", "20:00")), narrow).SignAsync());
    }

    // The journal says "in force", whoever wrote that; the gate counts the delay itself.
    [Fact]
    public async Task SignAsync_AWeakeningInForceBeforeItsDelay_RefusesEverything() =>
        await Changed(Weaker(First)).RefusedUnaskedAsync(RefusalCode.GovernanceInvalid);

    [Fact]
    public async Task SignAsync_AWeakeningInForceByTheHostsClockOnly_RefusesEverything()
    {
        var delayed = First with { Delays = new GovernanceDelays((86_400 * 3) + 7_200) };
        var bench = Changed(Weaker(delayed), delayed);
        bench.Time.SetUtcNow(CustodyWorld.Start.AddHours(3));

        await bench.RefusedUnaskedAsync(RefusalCode.GovernanceInvalid);
    }

    // A short reorganisation right after it took effect, or a deeper finality, takes the chain's time back a little.
    [Fact]
    public async Task SignAsync_TheChainsTimeFellBackALittle_WaitsAndIsNoTampering()
    {
        var delayed = First with { Delays = new GovernanceDelays((86_400 * 3) + 60) };
        var bench = Changed(Weaker(delayed), delayed);
        bench.Time.SetUtcNow(CustodyWorld.Start.AddMinutes(2));

        Assert.IsType<GateOutcome.NotYet>(await bench.SignAsync());
        Assert.Equal(0, bench.Hot.Asked);

        bench.ChainTime = bench.Time.GetUtcNow();
        Assert.IsType<GateOutcome.Signed>(await bench.SignAsync());
    }

    [Fact]
    public async Task SignAsync_AWeakeningAfterItsDelay_Signs()
    {
        var delayed = First with { Delays = new GovernanceDelays(86_400) };

        Assert.IsType<GateOutcome.Signed>(await Changed(Weaker(delayed), delayed).SignAsync());
    }

    [Fact]
    public async Task SignAsync_AThirdVersion_SignsOnlyWithTheSecondBetween()
    {
        var second = Succession.Next(First, d => d with { Operators = [d.Operators[0]] });
        var third = Succession.Next(second, d => d with { Approvers = [.. d.Approvers.Take(2)] });
        var bench = Changed(third);
        await bench.RefusedUnaskedAsync(RefusalCode.GovernanceInvalid);

        Put(bench, second);

        Assert.IsType<GateOutcome.Signed>(await bench.SignAsync());
    }

    [Fact]
    public async Task SignAsync_TheOldVersionPutBack_RefusesEverything()
    {
        var second = Succession.Next(First, d => d with { Operators = [d.Operators[0]] });
        var bench = Changed(second);
        bench.Facts.Stored[(FactKind.Governance, FactId.Governance(2, second.Digest()))] = bench.World.GovernanceDocument;

        await bench.RefusedUnaskedAsync(RefusalCode.GovernanceInvalid);
    }

    private static GovernanceDocument Delayed => First with { Delays = new GovernanceDelays(86_400) };

    private static GovernanceDocument Hours(GovernanceDocument document, string from, string until) =>
        document with { Rules = [document.Rules[0] with { Times = [new TimeWindow("Etc/UTC", from, until)] }, document.Rules[1]] };

    private static GovernanceDocument Automatic(int ether) => Delayed with
    {
        Rules = [First.Rules[0] with { Approvals = new Quorum(0, 0, null, Automatic: true) }, First.Rules[1]],
        Limits = [.. First.Limits, SampleGovernance.Limit(LimitScope.Automatic, ether)],
    };

    private static GovernanceDocument Weaker(GovernanceDocument first) =>
        Succession.Weaker(first, d => d with { Limits = [d.Limits[0] with { MaxAmount = d.Limits[0].MaxAmount * 2 }, .. d.Limits.Skip(1)] });

    // A bench whose withdrawal was approved under version 1, and whose journal then put the next version in force.
    private static GateBench Changed(GovernanceDocument next, GovernanceDocument? first = null, IReadOnlyList<string>? approving = null)
    {
        var world = CustodyWorld.Default with { Governance = first ?? First, Approving = approving ?? CustodyWorld.Default.Approving };
        var bench = new GateBench(world with { StopFacts = [world.InForce, world.Activated, world.ListInForce, world.QuorumReached, Succession.Proposed(next), Succession.InForce(next)] });
        Put(bench, next);
        return bench;
    }

    private static void Put(GateBench bench, GovernanceDocument document) =>
        bench.Facts.Stored[(FactKind.Governance, FactId.Governance(document.Version, document.Digest()))] = Succession.Signed(document);
}
