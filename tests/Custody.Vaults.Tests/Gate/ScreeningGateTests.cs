using Custody.Core.Gate;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Screening;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Testing.World;
using Xunit;

namespace Custody.Vaults.Tests.Gate;

/// <summary>What was screened when the withdrawal was admitted is screened again before the vault is asked.</summary>
public sealed class ScreeningGateTests
{
    private static readonly CustodyWorld World = CustodyWorld.Default;
    private static readonly ScreeningSubject Subject = new(SampleGovernance.Chain, CustodyWorld.Destination, "exchange-a", "customer-7");
    private static readonly SanctionsEntry Listed = new(CustodyWorld.Destination.ToLowerInvariant(), "ETH", "4711", "Somebody Listed");
    private static readonly string HitDigest = ScreeningHit.Together([new ScreeningHit("ofac-sdn", "4711", "").DigestOn(Subject)]);

    [Fact]
    public async Task SignAsync_DestinationListedSinceItWasApproved_Refuses()
    {
        var bench = new GateBench();
        Import(bench, Listed);

        var refused = await bench.RefusedUnaskedAsync(RefusalCode.ScreeningHit);

        Assert.False(refused.MayBeSigned);
    }

    [Fact]
    public async Task SignAsync_HitReleasedByTwo_Signs()
    {
        var bench = new GateBench();
        Import(bench, Listed);
        PutRelease(bench, "olga");
        await bench.RefusedUnaskedAsync(RefusalCode.ScreeningHit);
        PutRelease(bench, "omar");

        await bench.SignedAsync();
    }

    [Fact]
    public async Task SignAsync_ReleaseRunOut_Refuses()
    {
        var bench = new GateBench();
        Import(bench, Listed);
        PutRelease(bench, "olga");
        PutRelease(bench, "omar", World.Now);

        await bench.RefusedUnaskedAsync(RefusalCode.ScreeningHit);
    }

    [Fact]
    public async Task SignAsync_ReleaseRunOutByTheChainsClock_Refuses()
    {
        var bench = new GateBench { ChainTime = World.Now.AddMinutes(3) };
        Import(bench, Listed);
        PutRelease(bench, "olga");
        PutRelease(bench, "omar", World.Now.AddMinutes(3));

        await bench.RefusedUnaskedAsync(RefusalCode.ScreeningHit);
    }

    [Fact]
    public async Task SignAsync_ProvidersHitInTheJournal_Refuses()
    {
        var bench = new GateBench();
        bench.Stops.Add(new StopFact(StopKind.ScreenedHit, bench.Id, "found", 1, new string('c', 64)), World.Now);

        await bench.RefusedUnaskedAsync(RefusalCode.ScreeningHit);
    }

    [Fact]
    public async Task SignAsync_ProvidersClearTakenOut_Refuses()
    {
        // The withdrawal was admitted with the provider's answer; the journal that the gate reads does not have it.
        var needed = World with
        {
            Governance = World.Governance with { Screening = World.Governance.Screening! with { ProviderNeeded = true } },
            Answers = [new StopFact(StopKind.ScreenedClear, World.WithdrawalId, "clear", 1, Subject.Digest())],
        };
        await new GateBench(needed).SignedAsync();

        await new GateBench(needed with { StopFacts = [needed.InForce, needed.Activated, needed.ListInForce, needed.QuorumReached] })
            .RefusedUnaskedAsync(RefusalCode.ScreeningUnavailable);
    }

    [Fact]
    public async Task SignAsync_ListTampered_Refuses()
    {
        var bench = new GateBench();
        var other = World with { SanctionsList = World.SanctionsList with { Entries = [World.SanctionsList.Entries[0] with { Name = "Nobody" }] } };
        bench.Facts.Stored[(FactKind.SanctionsList, World.SanctionsList.Digest())] = other.SanctionsListDocument;

        await bench.RefusedUnaskedAsync(RefusalCode.SanctionsListTampered);
    }

    [Fact]
    public async Task SignAsync_ListDeleted_WaitsAndVaultIsNotAsked()
    {
        var bench = new GateBench();
        bench.Facts.Stored.Remove((FactKind.SanctionsList, World.SanctionsList.Digest()));

        await WaitsAsync(bench, RefusalCode.SanctionsListMissing);
    }

    [Fact]
    public async Task SignAsync_ListStale_WaitsUntilItIsImportedAgain()
    {
        var strict = World with
        {
            Governance = World.Governance with { Screening = World.Governance.Screening! with { Lists = [World.Governance.Screening.Lists[0] with { MaxAgeSeconds = (3 * 86_400) + 60 }] } },
        };
        var bench = new GateBench(strict);
        bench.Time.SetUtcNow(strict.Now.AddMinutes(1));
        await WaitsAsync(bench, RefusalCode.SanctionsListStale);

        bench.Stops.Add(strict.ListInForce, strict.Now.AddMinutes(1));

        await bench.SignedAsync();
    }

    private static async Task WaitsAsync(GateBench bench, RefusalCode code)
    {
        var outcome = await bench.SignAsync();

        Assert.Equal(code, Assert.IsType<GateOutcome.NotYet>(outcome).Code);
        Assert.Equal(0, bench.Hot.Asked + bench.Warm.Asked);
        Assert.Empty(bench.Signings.Of("hot-1"));
    }

    private static void Import(GateBench bench, SanctionsEntry more)
    {
        var newer = World with { SanctionsList = World.SanctionsList with { Entries = SanctionsList.Order([.. World.SanctionsList.Entries, more]) } };
        bench.Facts.Stored[(FactKind.SanctionsList, newer.SanctionsList.Digest())] = newer.SanctionsListDocument;
        bench.Stops.Add(newer.ListInForce, World.Now);
    }

    private static void PutRelease(GateBench bench, string operatorId, DateTimeOffset? expiresAt = null)
    {
        var release = new ScreeningRelease(1, bench.Id, 1, HitDigest, operatorId, "a false positive", World.Now, expiresAt ?? World.Now.AddHours(1));
        var compact = People.OperatorKey(operatorId).Sign(DocumentType.ScreeningRelease, release, World.Now);
        var name = CaseDocuments.ScreeningRelease(1, 1, operatorId, compact);
        var documents = bench.Case.Documents.ToDictionary(StringComparer.Ordinal);
        documents[name] = new CaseDocument(name, System.Text.Encoding.ASCII.GetBytes(compact));
        bench.Withdrawals.Stored[bench.Id] = bench.Case with { Documents = documents };
    }
}
