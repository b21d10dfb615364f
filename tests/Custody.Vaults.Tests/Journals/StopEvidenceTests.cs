using Custody.Core.Approvals;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Operators;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Core.Whitelisting;
using Custody.Core.Withdrawals;
using Custody.Testing.World;
using Custody.Vaults.Journals;
using Custody.Vaults.Tests.Gate;
using Xunit;

namespace Custody.Vaults.Tests.Journals;

/// <summary>What loosens is appended only with the people's own signatures behind it, and each is broken here in turn.</summary>
public sealed class StopEvidenceTests
{
    private static readonly string Hot = FreezeScope.Vault("hot-1");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Thaw_TwoPeopleSignedThisFreeze_IsAppended()
    {
        var (bench, sequence) = Frozen();

        await IsProvenAsync(bench, Thaw(Half(People.Olga, "olga", sequence), Half(People.Omar, "omar", sequence)));
        await IsRefusedAsync(bench, Thaw(Half(People.Olga, "olga", sequence)));
        await IsRefusedAsync(bench, Thaw(Half(People.Olga, "olga", sequence), Half(People.Olga, "olga", sequence)));
        await IsRefusedAsync(bench, Thaw(Half(People.Olga, "olga", sequence), Half(People.Omar, "omar", sequence + 1)));
        await IsRefusedAsync(bench, Thaw(Half(People.Olga, "olga", sequence), Half(People.Olga, "omar", sequence)));
        await IsRefusedAsync(bench, Thaw());
    }

    // Two people thawed one scope; the line says another.
    [Fact]
    public async Task Thaw_OfAnotherScopeThanTheySigned_IsRefused()
    {
        var (bench, sequence) = Frozen();
        bench.Stops.Add(new StopFact(StopKind.Frozen, FreezeScope.Platform, "a test"));

        await IsRefusedAsync(bench, Thaw(Half(People.Olga, "olga", sequence), Half(People.Omar, "omar", sequence)) with { Subject = FreezeScope.Platform });
    }

    [Fact]
    public async Task Quorum_VotesAreThere_IsAppended()
    {
        var bench = new GateBench();

        await IsProvenAsync(bench, bench.World.QuorumReached);
        await IsRefusedAsync(bench, bench.World.QuorumReached with { Attempt = 2 });
        await IsRefusedAsync(bench, bench.World.QuorumReached with { Digest = new string('0', 64) });
        await IsRefusedAsync(bench, bench.World.QuorumReached with { Subject = "w" + new string('0', 32) });
    }

    [Fact]
    public async Task Quorum_AVoteIsMissingOrTakenBack_IsRefused()
    {
        var one = new GateBench(CustodyWorld.Default with { Approving = ["ann"] });
        await IsRefusedAsync(one, one.World.QuorumReached);

        var bench = new GateBench();
        bench.Stops.Add(new StopFact(StopKind.VoteWithdrawn, VoteSubject.Of(bench.Id, "ann"), "a test", 1));
        await IsRefusedAsync(bench, bench.World.QuorumReached);
    }

    [Fact]
    public async Task Activation_ClientAndQuorumSigned_IsAppendedOnce()
    {
        var world = CustodyWorld.Default;
        var bench = new GateBench(world);
        var entry = world.Entry with { EntryId = "entry-2", Address = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC", CreatedAt = CustodyWorld.Start.AddHours(-1) };

        await IsProvenAsync(bench, Activated(entry, People.Exchange, People.Ann, People.Cat));
        await IsRefusedAsync(bench, Activated(entry, People.Exchange, People.Ann));
        await IsRefusedAsync(bench, Activated(entry, People.Ann, People.Cat));
        await IsRefusedAsync(bench, Activated(entry, People.Exchange, People.Ann, People.Cat) with { Digest = world.Entry.Digest() });
        await IsRefusedAsync(bench, Activated(entry, People.Exchange, People.Ann, People.Cat) with { Evidence = [] });
        await IsRefusedAsync(bench, world.Activated);
    }

    [Fact]
    public async Task EntryReinstatement_OfWhatIsNotSuspended_IsRefused() =>
        await IsRefusedAsync(new GateBench(), new StopFact(StopKind.EntryReinstated, "entry-1", "forged", Digest: CustodyWorld.Default.Entry.Digest(), Evidence: ["a.b.c"]));

    [Fact]
    public async Task Governance_SignedByTheQuorumBefore_IsProposedOnceAndTightensAtOnce()
    {
        var next = Succession.Next(SampleGovernance.Document, d => d with { Operators = [d.Operators[0]] });
        var bench = new GateBench();
        Put(bench, next);

        await IsProvenAsync(bench, Succession.Proposed(next));
        await IsProvenAsync(bench, Succession.InForce(next));
        await IsRefusedAsync(bench, Succession.InForce(next) with { Subject = "3" });
        await IsRefusedAsync(bench, Succession.InForce(next) with { Digest = new string('0', 64) });
        bench.Stops.Add(Succession.Proposed(next));
        await IsRefusedAsync(bench, Succession.Proposed(next));
    }

    [Fact]
    public async Task Governance_Weakening_WaitsForItsDelayByBothClocks()
    {
        var first = SampleGovernance.Document with { Delays = new GovernanceDelays(3_600) };
        var next = Succession.Weaker(first, d => d with { Limits = [.. d.Limits.Select(l => l with { MaxAmount = l.MaxAmount * 2 })] });
        var bench = new GateBench(CustodyWorld.Default with { Governance = first });
        Put(bench, next);
        await IsRefusedAsync(bench, Succession.InForce(next));
        bench.Stops.Add(Succession.Proposed(next));
        await IsRefusedAsync(bench, Succession.InForce(next));

        bench.Time.Advance(TimeSpan.FromHours(2));
        await IsRefusedAsync(bench, Succession.InForce(next));
        bench.ChainTime = null;
        await IsRefusedAsync(bench, Succession.InForce(next));
        bench.ChainTime = bench.Time.GetUtcNow();
        await IsProvenAsync(bench, Succession.InForce(next));
    }

    [Fact]
    public async Task SanctionsList_SignedJustNow_IsAppended()
    {
        var bench = new GateBench();
        var list = bench.World.SanctionsList with
        {
            PublishedAt = CustodyWorld.Start.AddDays(-1),
            Entries = Custody.Core.Screening.SanctionsList.Order([.. bench.World.SanctionsList.Entries, new("0x00000000000000000000000000000000000000aa", "ETH", "1", "Another")]).ToList(),
        };

        await IsProvenAsync(bench, List(bench, list, CustodyWorld.Start.AddMinutes(-1), People.Olga));
        await IsRefusedAsync(bench, List(bench, list, CustodyWorld.Start.AddHours(-1), People.Olga));
        await IsRefusedAsync(bench, List(bench, list, CustodyWorld.Start.AddMinutes(-1), People.Ann));
        await IsRefusedAsync(bench, List(bench, list with { PublishedAt = CustodyWorld.Start.AddDays(-9) }, CustodyWorld.Start.AddMinutes(-1), People.Olga));
    }

    [Fact]
    public async Task SanctionsList_ThatLosesAnAddress_NeedsTwoPeople()
    {
        var bench = new GateBench();
        var list = bench.World.SanctionsList with
        {
            PublishedAt = CustodyWorld.Start.AddDays(-1),
            Entries = [new("0x00000000000000000000000000000000000000aa", "ETH", "1", "Another")],
        };

        await IsRefusedAsync(bench, List(bench, list, CustodyWorld.Start.AddMinutes(-1), People.Olga));
        await IsProvenAsync(bench, List(bench, list, CustodyWorld.Start.AddMinutes(-1), People.Olga, People.Omar));
    }

    [Fact]
    public async Task Screened_AttemptThatThereIs_IsTakenAtTheCallersWord()
    {
        var bench = new GateBench();
        var fact = new StopFact(StopKind.ScreenedClear, bench.Id, "clear", 1, new string('a', 64));

        await IsProvenAsync(bench, fact);
        await IsRefusedAsync(bench, fact with { Attempt = 2 });
        await IsRefusedAsync(bench, fact with { Subject = "w" + new string('0', 32) });
    }

    [Theory]
    [InlineData(StopKind.Unknown)]
    [InlineData(StopKind.Genesis)]
    [InlineData((StopKind)12345)]
    public async Task AnyOther_IsRefused(StopKind kind) => await IsRefusedAsync(new GateBench(), new StopFact(kind, "x", "forged"));

    [Fact]
    public async Task GovernanceThatDoesNotVerify_LoosensNothing()
    {
        var (bench, sequence) = Frozen();
        bench.PinnedRoot = new string('0', 64);

        Assert.Equal(RefusalCode.GovernanceInvalid, (await CheckAsync(bench, Thaw(Half(People.Olga, "olga", sequence), Half(People.Omar, "omar", sequence)))).Code);
    }

    private static (GateBench Bench, long Sequence) Frozen()
    {
        var bench = new GateBench();
        bench.Stops.Add(new StopFact(StopKind.Frozen, Hot, "a test"));
        return (bench, bench.Stops.ReadAsync(Cancellation).Result.View.FreezesInForce[Hot].Sequence);
    }

    private static StopFact Thaw(params string[] halves) => new(StopKind.Thawed, Hot, "a test", Evidence: halves);

    private static string Half(SoftwareKey key, string id, long sequence) => key.Sign(
        DocumentType.Thaw, new ThawStatement(1, Hot, sequence, id, "a test", CustodyWorld.Start, CustodyWorld.Start.AddMinutes(10)), CustodyWorld.Start);

    private static StopFact Activated(WhitelistEntry entry, params SoftwareKey[] signers) => new(
        StopKind.EntryActivated, entry.EntryId, "a test", Digest: entry.Digest(),
        Evidence: WhitelistEvidence.Of(Signing.Document(DocumentType.WhitelistEntry, entry, CustodyWorld.Start.AddHours(-1), signers)));

    private static StopFact List(GateBench bench, Core.Screening.SanctionsList list, DateTimeOffset at, params SoftwareKey[] signers)
    {
        var document = Signing.Document(DocumentType.SanctionsList, list, at, signers);
        bench.Facts.Stored[(FactKind.SanctionsList, list.Digest())] = document;
        return new StopFact(StopKind.SanctionsListInForce, list.Source, "a test", Digest: list.Digest(), Evidence: document.Signatures);
    }

    private static void Put(GateBench bench, GovernanceDocument next) =>
        bench.Facts.Stored[(FactKind.Governance, FactId.Governance(next.Version, next.Digest()))] = Succession.Signed(next);

    private static async Task IsProvenAsync(GateBench bench, StopFact fact)
    {
        var verdict = await CheckAsync(bench, fact);
        Assert.True(verdict.IsAllowed, verdict.Detail);
    }

    private static async Task IsRefusedAsync(GateBench bench, StopFact fact) => Assert.Equal(RefusalCode.FactUnproven, (await CheckAsync(bench, fact)).Code);

    private static async Task<Verdict> CheckAsync(GateBench bench, StopFact fact) => await new StopEvidence(bench.Withdrawals, bench.Facts, bench, bench.PinnedRoot, bench.Time)
        .CheckAsync(fact, (await bench.Stops.ReadAsync(Cancellation)).View, Cancellation);
}
