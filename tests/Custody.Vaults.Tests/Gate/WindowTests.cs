using System.Numerics;
using Custody.Core.Customers;
using Custody.Core.Gate;
using Custody.Core.Policy;
using Custody.Core.Results;
using Custody.Core.Vaults;
using Custody.Testing.World;
using Xunit;

namespace Custody.Vaults.Tests.Gate;

/// <summary>The windows of destination, vault and platform, added up from the journals alone.</summary>
public sealed class WindowTests
{
    private static readonly BigInteger TwoEther = 2 * SampleGovernance.OneEther;

    [Theory]
    [InlineData(LimitScope.Destination)]
    [InlineData(LimitScope.Vault)]
    [InlineData(LimitScope.Platform)]
    public async Task SignAsync_TwentyWithdrawalsAtOnce_ExactlyTheLimitIsSigned(LimitScope narrow)
    {
        var bench = new GateBench(Limited(narrow, ether: 14, seconds: 86_400));
        var ids = Enumerable.Range(0, 20).Select(i => bench.PutOther($"request-{100 + i}", nonce: (ulong)i).WithdrawalId).ToList();

        var outcomes = await Task.WhenAll(ids.Select(id => Task.Run(() => bench.SignAsync(id))));

        Assert.Equal(7, outcomes.OfType<GateOutcome.Signed>().Count());
        Assert.Equal(7 * TwoEther, bench.Signings.Of("hot-1").Aggregate(BigInteger.Zero, (sum, e) => sum + e.Amount));
        Assert.All(outcomes.OfType<GateOutcome.Refused>(), r => Assert.Equal((RefusalCode.VelocityExceeded, false), (r.Code, r.MayBeSigned)));
    }

    [Fact]
    public async Task SignAsync_TwoVaultsAtOnce_ThePlatformLimitHolds()
    {
        var bench = new GateBench(Limited(LimitScope.Platform, ether: 14, seconds: 86_400));
        var ids = Enumerable.Range(0, 10).Select(i => bench.PutOther($"request-{100 + i}", nonce: (ulong)i).WithdrawalId)
            .Concat(Enumerable.Range(0, 10).Select(i => PutProfessional(bench, $"request-{200 + i}", nonce: (ulong)i))).ToList();

        var outcomes = await Task.WhenAll(ids.Select(id => Task.Run(() => bench.SignAsync(id))));

        Assert.InRange(outcomes.OfType<GateOutcome.Signed>().Count(), 0, 7);
        Assert.Equal(outcomes.OfType<GateOutcome.Signed>().Count(), bench.Signed.Stored.Count);
        Assert.Equal(bench.Signed.Stored.Count, bench.Hot.Asked + bench.Warm.Asked);
    }

    [Fact]
    public async Task SignAsync_OneAfterTheOtherFromTwoVaults_ThePlatformLimitHolds()
    {
        var bench = new GateBench(Limited(LimitScope.Platform, ether: 3, seconds: 86_400));
        await bench.SignedAsync();

        await bench.RefusedUnaskedAsync(RefusalCode.VelocityExceeded, PutProfessional(bench, "request-2", nonce: 0));
    }

    [Fact]
    public async Task SignAsync_NextAttempt_CountsItsWithdrawalOnce()
    {
        var bench = new GateBench(Limited(LimitScope.Destination, ether: 3, seconds: 86_400));
        await bench.SignedAsync();
        var second = GateBench.Attempt2(bench.World);
        bench.Put(second, transfer: GateBench.Transfer(second.Intent, 7, maxFee: 3_000_000_000));
        bench.RecordQuorum(second);

        await bench.SignedAsync();
    }

    [Fact]
    public async Task SignAsync_OnlyTheHostsClockIsPastTheWindow_StillCounts()
    {
        var bench = new GateBench(Limited(LimitScope.Vault, ether: 3, seconds: 3600));
        await bench.SignedAsync();
        var second = bench.PutOther("request-2", nonce: 8).WithdrawalId;
        bench.Time.SetUtcNow(CustodyWorld.Start.AddMinutes(61));

        await bench.RefusedUnaskedAsync(RefusalCode.VelocityExceeded, second);

        bench.ChainTime = CustodyWorld.Start.AddMinutes(61);
        await bench.SignedAsync(second);
    }

    [Fact]
    public async Task SignAsync_JournalledLongBeforeItIsSigned_CountsWhenItIsSigned()
    {
        var bench = new GateBench(Limited(LimitScope.Vault, ether: 3, seconds: 3600));
        bench.Hot.Answer = _ => new VaultSigning.Faulted(VaultFault.TokenMissing, "no token");
        Assert.IsType<GateOutcome.Unknown>(await bench.SignAsync());
        bench.Hot.Answer = null;
        bench.Time.SetUtcNow(CustodyWorld.Start.AddMinutes(61));
        bench.ChainTime = CustodyWorld.Start.AddMinutes(61);
        await bench.SignedAsync();
        var second = bench.PutOther("request-2", nonce: 8).WithdrawalId;

        await bench.RefusedUnaskedAsync(RefusalCode.VelocityExceeded, second);

        Assert.Equal(2, bench.Signings.Of("hot-1").Count);
        Assert.Single(bench.Hot.Digests.Distinct());
    }

    private static CustodyWorld Limited(LimitScope scope, int ether, int seconds) => CustodyWorld.Default with
    {
        Governance = SampleGovernance.Document with
        {
            Limits = [.. SampleGovernance.Document.Limits.Select(l => l.Scope == scope
                ? l with { MaxAmount = ether * SampleGovernance.OneEther, WindowSeconds = seconds }
                : l with { MaxAmount = 1000 * SampleGovernance.OneEther })],
        },
    };

    private static string PutProfessional(GateBench bench, string requestId, ulong nonce)
    {
        var world = bench.World with
        {
            Customer = bench.World.Customer with { CustomerId = "customer-8", Class = CustomerClass.Professional },
            Entry = bench.World.Entry with { EntryId = "entry-2", CustomerId = "customer-8" },
            Request = bench.World.Request with { CustomerId = "customer-8", WhitelistEntryId = "entry-2", RequestId = requestId },
        };
        bench.Put(world, nonce);
        bench.Stops.Add(world.Activated, CustodyWorld.Start.AddDays(-3));
        bench.RecordQuorum(world);
        return world.WithdrawalId;
    }
}
