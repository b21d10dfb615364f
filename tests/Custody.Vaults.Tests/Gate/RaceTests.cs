using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Testing.World;
using Xunit;

namespace Custody.Vaults.Tests.Gate;

/// <summary>Something stops the withdrawal after the rules were asked and before the vault is.</summary>
public sealed class RaceTests
{
    private static readonly Dictionary<string, (RefusalCode Code, Action<GateBench> Stop)> Stops = new(StringComparer.Ordinal)
    {
        ["the withdrawal is rejected"] = (RefusalCode.Stopped, b => b.Stops.Add(new StopFact(StopKind.WithdrawalEnded, b.Id, "rejected"))),
        ["the attempt is burnt"] = (RefusalCode.Stopped, b => b.Stops.Add(new StopFact(StopKind.AttemptBurnt, b.Id, "mismatch", 1))),
        ["the platform is frozen"] = (RefusalCode.Frozen, b => b.Stops.Add(new StopFact(StopKind.Frozen, FreezeScope.Platform, "incident"))),
        ["the vault is frozen"] = (RefusalCode.Frozen, b => b.Stops.Add(new StopFact(StopKind.Frozen, FreezeScope.Vault("hot-1"), "incident"))),
        ["the client is frozen"] = (RefusalCode.Frozen, b => b.Stops.Add(new StopFact(StopKind.Frozen, FreezeScope.Client("exchange-a"), "incident"))),
        ["the entry is tombstoned"] = (RefusalCode.WhitelistEntryInactive, b => b.Stops.Add(new StopFact(StopKind.EntryTombstoned, "entry-1", "lost"))),
        ["the entry is suspended"] = (RefusalCode.WhitelistEntrySuspended, b => b.Stops.Add(new StopFact(StopKind.EntrySuspended, "entry-1", "odd"))),
        ["governance changes"] = (RefusalCode.GovernanceSuperseded, b => b.Stops.Add(new StopFact(StopKind.GovernanceInForce, "2", "rotated", Digest: "another"))),
        ["the stop journal breaks"] = (RefusalCode.JournalBroken, b => b.Stops.Broken = "shorter than it was"),
        ["the request expires"] = (RefusalCode.RequestExpired, b => b.Time.SetUtcNow(b.World.Request.ExpiresAt)),
        ["the votes expire"] = (RefusalCode.StatementExpired, b => b.Time.SetUtcNow(b.World.Statement("ann").ExpiresAt)),
        ["another vault signs for the withdrawal"] = (RefusalCode.LineageBroken, b => b.Signings.Add("warm-1", Elsewhere(b.Id, 1), CustodyWorld.Start)),
        ["another vault fills the platform's window"] = (RefusalCode.VelocityExceeded, b => b.Signings.Add("warm-1", Elsewhere("w" + new string('1', 32), 59), CustodyWorld.Start)),
    };

    public static TheoryData<string> Names => [.. Stops.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task SignAsync_StoppedBetweenJournalAndVault_RefusesAndVaultIsNotAsked(string what)
    {
        var bench = new GateBench();
        Once(bench, "signings.append hot-1", () => Stops[what].Stop(bench));

        var refused = await bench.RefusedUnaskedAsync(Stops[what].Code);

        Assert.True(refused.MayBeSigned, "The digest is journalled: nobody may release the funds without looking.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task SignAsync_StoppedWhileTheDeviceIsAsked_RefusesAndVaultIsNotAsked(string what)
    {
        var bench = new GateBench();
        Once(bench, "vault.describe", () => Stops[what].Stop(bench));

        await bench.RefusedUnaskedAsync(Stops[what].Code);
    }

    [Fact]
    public async Task SignAsync_SomebodyTakesTheSlotFirst_RefusedAndNothingJournalled()
    {
        var bench = new GateBench();
        var slot = SigningSlot.Nonce(SampleGovernance.Chain, People.HotKey.Address, 7);
        Once(bench, "vault.describe", () => bench.Signings.Add("hot-1", Elsewhere("w" + new string('1', 32), 1) with { Slots = [slot] }, CustodyWorld.Start));

        var refused = await bench.RefusedUnaskedAsync(RefusalCode.SlotTaken);

        Assert.False(refused.MayBeSigned);
        Assert.Single(bench.Signings.Of("hot-1"));
    }

    private static SigningFact Elsewhere(string withdrawalId, int ether) => new(
        withdrawalId, 1, Core.Intents.IntentKind.Withdrawal, new string('a', 64), ["eip155:31337/elsewhere/0"], new string('b', 64), SampleGovernance.Ether,
        People.WarmKey.Address.ToString(), ether * SampleGovernance.OneEther);

    private static void Once(GateBench bench, string effect, Action action)
    {
        var done = false;
        bench.Effects.Interrupt = (_, name, happened) =>
        {
            if (name == effect && happened && !done)
            {
                done = true;
                action();
            }
        };
    }
}
