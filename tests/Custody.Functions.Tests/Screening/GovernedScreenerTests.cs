using Custody.Core.Assets;
using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Screening;
using Custody.Core.Storage;
using Custody.Functions.Composition;
using Custody.Functions.Governance;
using Custody.Functions.Screening;
using Custody.Testing.World;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Custody.Functions.Tests.Screening;

/// <summary>The screener that anything but a withdrawal asks, such as a proposed address: the lists that governance wants, then the provider.</summary>
public sealed class GovernedScreenerTests
{
    private static readonly CustodyWorld World = CustodyWorld.Default;
    private static readonly ScreeningTerms Terms = World.Governance.Screening!;
    private static readonly ScreeningSubject Unlisted = new(SampleGovernance.Chain, CustodyWorld.Destination, "exchange-a", "customer-7");
    private static readonly ScreeningSubject Listed = Unlisted with { Address = "0x901bb9583b24D97e995513C6778dc6888AB6870e" };

    [Fact]
    public async Task ScreenAsync_OnNoList_IsClear() => Assert.IsType<ScreeningResult.Clear>(await ScreenAsync(World, Unlisted));

    [Fact]
    public async Task ScreenAsync_OnAList_SaysWhere() =>
        Assert.Equal(("ofac-sdn", "21386"), Assert.IsType<ScreeningResult.Hit>(await ScreenAsync(World, Listed)).Hits.Select(h => (h.List, h.Entry)).Single());

    [Fact]
    public async Task ScreenAsync_OnAnotherEvmChain_IsFoundAsWell() =>
        Assert.IsType<ScreeningResult.Hit>(await ScreenAsync(World, Listed with { Chain = ChainId.Parse("eip155:10") }));

    [Fact]
    public async Task ScreenAsync_OnAListAndNoProvider_IsAHitAllTheSame() => Assert.IsType<ScreeningResult.Hit>(await ScreenAsync(Changed(t => t with { ProviderNeeded = true }), Listed));

    [Fact]
    public async Task ScreenAsync_ProviderNeededAndNone_IsNoAnswer() =>
        Assert.Equal(RefusalCode.ScreeningUnavailable, await RefusedAsync(Changed(t => t with { ProviderNeeded = true }), Unlisted));

    [Fact]
    public async Task ScreenAsync_NoTerms_IsNoAnswer() =>
        Assert.Equal(RefusalCode.ScreeningTermsMissing, await RefusedAsync(World with { Governance = World.Governance with { Screening = null } }, Unlisted));

    [Fact]
    public async Task ScreenAsync_ListStale_IsNoAnswer() =>
        Assert.Equal(RefusalCode.SanctionsListStale, await RefusedAsync(Changed(t => t with { Lists = [t.Lists[0] with { MaxAgeSeconds = 1 }] }), Unlisted));

    [Fact]
    public async Task ScreenAsync_NoList_IsNoAnswer() => Assert.Equal(
        RefusalCode.SanctionsListMissing, await RefusedAsync(World with { StopFacts = [World.InForce, World.Activated] }, Unlisted));

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    public async Task ScreenAsync_NoAddress_IsNoAnswer(string address) =>
        Assert.Equal(RefusalCode.ScreeningUnavailable, await RefusedAsync(World, Unlisted with { Address = address }));

    private static CustodyWorld Changed(Func<ScreeningTerms, ScreeningTerms> change) => World with { Governance = World.Governance with { Screening = change(Terms) }, Approving = [] };

    private static async Task<RefusalCode> RefusedAsync(CustodyWorld world, ScreeningSubject subject) =>
        Assert.IsType<ScreeningResult.Unavailable>(await ScreenAsync(world, subject)).Code;

    private static Task<ScreeningResult> ScreenAsync(CustodyWorld world, ScreeningSubject subject)
    {
        world = world.Governance.Screening is null ? world with { Approving = [] } : world;
        var time = new FixedClock(world.Now);
        var effects = new Effects();
        var facts = new MemoryFacts(effects);
        facts.Stored[(FactKind.Governance, FactId.Governance(1))] = world.GovernanceDocument;
        facts.Stored[(FactKind.SanctionsList, world.SanctionsList.Digest())] = world.SanctionsListDocument;
        var nothing = new StorageSetting(null, null, null);
        var settings = new CustodySettings(
            nothing, nothing, world.TrustRoot, "", "", new Uri("http://127.0.0.1/"), new Dictionary<ChainId, IReadOnlyList<ProviderSetting>>(), new Dictionary<string, TokenSetting>(),
            new TokenSetting("", "", ""), new TelemetrySetting("none", null));
        var services = new ServiceCollection();
        services.AddScreeningClient();
        var provider = new HttpScreener(services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>(), settings, time);
        var governance = new GovernanceSource(new GovernanceArchive(facts, world.TrustRoot, time), new MemoryStopJournal(StopLines.Of(world.StopFacts), time, effects));
        return new GovernedScreener(governance, facts, new NoClock(), provider, time).ScreenAsync(subject, TestContext.Current.CancellationToken);
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    private sealed class NoClock : IChainClock
    {
        public Task<DateTimeOffset?> NewestFinalAsync(ChainId chain, Governed governed, CancellationToken cancellation) => Task.FromResult<DateTimeOffset?>(null);
    }
}
