using System.Text;
using Custody.Core.Approvals;
using Custody.Core.Gate;
using Custody.Core.Journals;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Core.Whitelisting;
using Custody.Core.Withdrawals;
using Custody.Testing.World;
using Custody.Vaults.Gate;
using Xunit;
using static Custody.Vaults.Tests.Gate.DuressWorld;

namespace Custody.Vaults.Tests.Gate;

/// <summary>The SOC is told when somebody signs, not only when a payment comes to the gate.</summary>
public sealed class DuressWatchTests
{
    private const long Suspension = 4;

    private static readonly string Key = WhitelistKey.Of(World.Entry.EntryId);
    private static readonly StopFact Suspended = new(StopKind.EntrySuspended, World.Entry.EntryId, "looked odd");

    [Theory]
    [InlineData(ApprovalDecision.Approve)]
    [InlineData(ApprovalDecision.Reject)]
    public async Task LookAtVotesAsync_OneDuressVoteWithoutAnyQuorum_TellsTheSoc(ApprovalDecision decision)
    {
        var bench = Bench(World with { Approving = [] });
        await Watch(bench).LookAtVotesAsync(bench.Id, TestContext.Current.CancellationToken);
        Assert.Empty(bench.Duress);

        Put(bench, Forced.Sign(DocumentType.Approval, World.Statement("bob", decision) with { DeviceId = "bob-2" }, CustodyWorld.Start));
        await Watch(bench).LookAtVotesAsync(bench.Id, TestContext.Current.CancellationToken);

        Assert.Equal((bench.Id, "bob/bob-2"), bench.Duress.Single());
    }

    [Fact]
    public async Task LookAtVotesAsync_PlainOrForgedOrOfAnotherAttempt_TellsNobody()
    {
        foreach (var vote in new[]
        {
            World.Vote("bob"),
            SoftwareKey.EdDsa("stranger").Sign(DocumentType.Approval, World.Statement("bob") with { DeviceId = "bob-2" }, CustodyWorld.Start),
            Forced.Sign(DocumentType.Approval, World.Statement("bob") with { DeviceId = "bob-2", Attempt = 2 }, CustodyWorld.Start),
            "no vote",
        })
        {
            var bench = Bench(World with { Approving = [] });
            Put(bench, vote);
            await Watch(bench).LookAtVotesAsync(bench.Id, TestContext.Current.CancellationToken);
            await Watch(bench).LookAtVotesAsync("w-none", TestContext.Current.CancellationToken);
            Assert.Empty(bench.Duress);
        }
    }

    [Fact]
    public async Task LookAtEntryAsync_AProposalThatADuressDeviceSigned_TellsTheSoc()
    {
        var bench = Bench(World with { StopFacts = [World.InForce, World.ListInForce] });
        await Watch(bench, Proposed(("ann", People.Ann))).LookAtEntryAsync(Key, TestContext.Current.CancellationToken);
        Assert.Empty(bench.Duress);

        await Watch(bench, Proposed(("ann", People.Ann), ("bob", Forced))).LookAtEntryAsync(Key, TestContext.Current.CancellationToken);

        Assert.Equal((World.Entry.EntryId, "bob/bob-2"), bench.Duress.Single());
    }

    [Fact]
    public async Task LookAtEntryAsync_AnActivatedEntry_IsLookedAtInTheJournal()
    {
        var bench = Bench(SignedBy(People.Ann, Forced));

        await Watch(bench, Proposed(("ann", People.Ann))).LookAtEntryAsync(Key, TestContext.Current.CancellationToken);

        Assert.Equal((World.Entry.EntryId, "bob/bob-2"), bench.Duress.Single());
    }

    [Fact]
    public async Task LookAtEntryAsync_OneDuressStatementOnASuspension_TellsTheSocBeforeThereIsAQuorum()
    {
        var bench = Bench(Facts(World, Entry(People.Ann, People.Cat), Suspended));
        var file = Proposed();
        var statement = Reinstatement(Forced, "bob", "bob-2", Suspension);
        file = file with { Documents = new Dictionary<string, string>(file.Documents) { [WhitelistFile.Reinstatement(Suspension, "bob", statement)] = statement } };

        await Watch(bench, file).LookAtEntryAsync(Key, TestContext.Current.CancellationToken);

        Assert.Equal((World.Entry.EntryId, "bob/bob-2"), bench.Duress.Single());
    }

    [Fact]
    public async Task LookAtEntryAsync_AnEndedSuspension_IsLookedAtInTheJournal()
    {
        var bench = Bench(Facts(
            World, Entry(People.Ann, People.Cat), Suspended,
            new StopFact(
                StopKind.EntryReinstated, World.Entry.EntryId, "it was right", Digest: World.Entry.Digest(),
                Evidence: [Reinstatement(People.Ann, "ann", "ann-phone", Suspension), Reinstatement(Forced, "bob", "bob-2", Suspension)])));

        await Watch(bench, Proposed()).LookAtEntryAsync(Key, TestContext.Current.CancellationToken);

        Assert.Equal((World.Entry.EntryId, "bob/bob-2"), bench.Duress.Single());
    }

    // Who is forced to answer cannot know that it is a drill.
    [Theory]
    [InlineData(ApprovalDecision.Approve)]
    [InlineData(ApprovalDecision.Reject)]
    public async Task LookAtDrillsAsync_AnAnswerWithTheDuressDevice_TellsTheSoc(ApprovalDecision decision)
    {
        var bench = Bench(World);
        Answer("w-drill-1", CustodyWorld.Vote(World.Statement("ann", decision) with { WithdrawalId = "w-drill-1" }));
        Answer("w-drill-2", Forced.Sign(DocumentType.Approval, World.Statement("bob", decision) with { DeviceId = "bob-2" }, CustodyWorld.Start));
        await Watch(bench).LookAtDrillsAsync(TestContext.Current.CancellationToken);
        Assert.Empty(bench.Duress);

        Answer("w-drill-3", Forced.Sign(DocumentType.Approval, World.Statement("bob", decision) with { DeviceId = "bob-2", WithdrawalId = "w-drill-3" }, CustodyWorld.Start));
        await Watch(bench).LookAtDrillsAsync(TestContext.Current.CancellationToken);

        Assert.Equal(("w-drill-3", "bob/bob-2"), bench.Duress.Single());

        void Answer(string drill, string vote) => bench.Stops.Add(new StopFact(StopKind.DrillAnswered, VoteSubject.Of(drill, "bob"), "answered", Evidence: [vote]));
    }

    [Fact]
    public async Task LookAtEntryAsync_UnderAnotherKeyOrWithoutOpenings_TellsNobody()
    {
        var bench = Bench(SignedBy(People.Ann, Forced));
        await Watch(bench, Proposed(("bob", Forced))).LookAtEntryAsync(WhitelistKey.Of("entry-9"), TestContext.Current.CancellationToken);
        bench.Openings = null;
        await Watch(bench, Proposed(("bob", Forced))).LookAtEntryAsync(Key, TestContext.Current.CancellationToken);

        Assert.Empty(bench.Duress);
    }

    private static GateBench Bench(CustodyWorld world) => new(world) { Openings = new DuressOpenings(Openings) };

    private static DuressWatch Watch(GateBench bench, WhitelistFile? file = null) =>
        new(bench.Withdrawals, new OneEntry(file), bench.Facts, bench.Stops, bench.PinnedRoot, bench.Time, bench, bench.Openings);

    private static void Put(GateBench bench, string vote) => bench.Withdrawals.Stored[bench.Id] = bench.Case with
    {
        Documents = bench.Case.Documents.Values.Append(new CaseDocument(CaseDocuments.Vote(1, "bob"), Encoding.ASCII.GetBytes(vote))).ToDictionary(d => d.Name),
    };

    private static WhitelistFile Proposed(params (string Who, SoftwareKey Key)[] approvals)
    {
        var documents = approvals.ToDictionary(a => WhitelistFile.Approval(a.Who), a => Entry(a.Key).Signatures[1]);
        documents[WhitelistFile.Proposal] = Entry().ToCompact();
        return new WhitelistFile(WhitelistState.Proposed(World.Entry, CustodyWorld.Start), documents, "1");
    }

    /// <summary>A store with one entry's file, which nothing writes.</summary>
    private sealed class OneEntry(WhitelistFile? file) : IWhitelistStore
    {
        public Task<WhitelistFile?> LoadAsync(string key, CancellationToken cancellation) => Task.FromResult(file);

        public Task<CommitOutcome> CreateAsync(WhitelistState first, IReadOnlyDictionary<string, string> documents, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<CommitOutcome> CommitAsync(WhitelistFile read, WhitelistState next, IReadOnlyDictionary<string, string> added, CancellationToken cancellation) => throw new NotSupportedException();

        public IAsyncEnumerable<string> OpenAsync(CancellationToken cancellation) => throw new NotSupportedException();

        public Task CloseAsync(string key, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<WhitelistPage> ListAsync(string? clientId, int size, string? continuation, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
