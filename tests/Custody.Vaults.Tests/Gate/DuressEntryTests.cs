using Custody.Core.Approvals;
using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Storage;
using Custody.Testing.World;
using Xunit;
using static Custody.Vaults.Tests.Gate.DuressWorld;

namespace Custody.Vaults.Tests.Gate;

/// <summary>Somebody was forced to sign the address, and not the payment.</summary>
public sealed class DuressEntryTests
{
    // The line of the suspension in these journals: genesis, governance, activation and list come before it.
    private const long Suspension = 4;

    private static readonly StopFact Suspended = new(StopKind.EntrySuspended, World.Entry.EntryId, "looked odd");
    private static readonly string Ann = Reinstatement(People.Ann, "ann", "ann-phone", Suspension);
    private static readonly string Cat = Reinstatement(People.Cat, "cat", "cat-phone", Suspension);
    private static readonly string ForcedBob = Reinstatement(Forced, "bob", "bob-2", Suspension);

    private static readonly Dictionary<string, Func<GateBench>> ForcedEntries = new(StringComparer.Ordinal)
    {
        ["in the entry's quorum"] = () => Bench(SignedBy(People.Ann, Forced)),
        ["beyond the entry's quorum"] = () => Bench(SignedBy(People.Ann, People.Cat, Forced)),
        ["only in the journal, and taken out of what is stored"] = () => Bench(Facts(World, Entry(People.Ann, People.Cat, Forced))),
        ["only in what is stored"] = () => Bench(Facts(World with { EntryDocument = Entry(People.Ann, People.Cat, Forced) }, Entry(People.Ann, People.Cat))),
        ["its key's time over since"] = () =>
        {
            var world = Edited(d => d with { Key = d.Key with { Terms = new Core.Signatures.KeyTerms(NotAfter: CustodyWorld.Start.AddDays(-1)) } });
            return Bench(Facts(world with { EntryDocument = Entry(People.Ann, Forced) }, Entry(People.Ann, Forced)));
        },
        ["its device removed since"] = () => Bench(SignedBy(People.Ann, Forced), Removed),
        ["its device suspended then"] = () => Bench(World with
        {
            EntryDocument = Entry(People.Ann, People.Cat, Forced),
            StopFacts =
            [
                World.InForce, new StopFact(StopKind.DeviceSuspended, "bob/bob-2", "contradiction", 1, "1"),
                World.Activated with { Evidence = Core.Whitelisting.WhitelistEvidence.Of(Entry(People.Ann, People.Cat, Forced)) }, World.ListInForce, World.QuorumReached,
            ],
        }),
        ["in the quorum that ended its suspension"] = () => Bench(Reinstated(Ann, ForcedBob)),
        ["beyond the quorum that ended its suspension"] = () => Bench(Reinstated(Ann, Cat, ForcedBob)),
        ["in a statement on its suspension that had expired"] = () => Bench(
            Reinstated(Ann, Cat, Reinstatement(Forced, "bob", "bob-2", Suspension, CustodyWorld.Start.AddDays(-3).AddMinutes(-1)))),
    };

    private static readonly Dictionary<string, Func<GateBench>> FreeEntries = new(StringComparer.Ordinal)
    {
        ["plain devices"] = () => Bench(SignedBy(People.Ann, People.Cat, People.Bob)),
        ["plain devices that ended its suspension"] = () => Bench(Reinstated(Ann, Cat)),
        ["a duress device that ended an earlier suspension"] = () => Bench(Facts(
            World, Entry(People.Ann, People.Cat), Suspended, Ended(Ann, ForcedBob), Suspended,
            Ended(Reinstatement(People.Ann, "ann", "ann-phone", Suspension + 2), Reinstatement(People.Cat, "cat", "cat-phone", Suspension + 2)))),
        ["a statement on another suspension"] = () => Bench(Reinstated(Ann, Cat, Reinstatement(Forced, "bob", "bob-2", Suspension + 1))),
        ["a signature of a stranger under the device's key id"] = () => Bench(SignedBy(People.Ann, People.Cat, SoftwareKey.Es256("device-bob-2"))),
        ["devices that carried no commitment yet"] = () => Bench(Uncommitted, d => d with { Approvers = World.Governance.Approvers }, weakens: true),
    };

    public static TheoryData<string> ForcedNames => [.. ForcedEntries.Keys];

    public static TheoryData<string> FreeNames => [.. FreeEntries.Keys];

    [Theory]
    [MemberData(nameof(ForcedNames))]
    public async Task SignAsync_AnEntryThatADuressDeviceSigned_WaitsAndTellsTheSoc(string forced)
    {
        var bench = ForcedEntries[forced]();

        Assert.NotNull(await bench.WaitsUntilAsync());
        Assert.IsType<GateOutcome.NotYet>(await bench.SignAsync());

        Assert.Equal(0, bench.Hot.Asked);
        Assert.Empty(bench.Signings.Of("hot-1"));
        Assert.Equal((bench.Id, "bob/bob-2"), bench.Duress.Distinct().Single());
    }

    [Theory]
    [MemberData(nameof(FreeNames))]
    public async Task SignAsync_AnEntryThatNoDuressDeviceSigned_Signs(string free)
    {
        var bench = FreeEntries[free]();

        await bench.SignedAsync();
        Assert.Empty(bench.Duress);
    }

    [Fact]
    public async Task SignAsync_WithoutTheOpeningOfWhoSignedTheEntry_RefusesEverybodyAlike()
    {
        foreach (var bob in new[] { Forced, People.Bob })
        {
            var bench = Bench(SignedBy(People.Ann, bob));
            bench.EditDocument(Core.Withdrawals.CaseDocuments.Vote(1, "bob"), d => d with { Name = Core.Withdrawals.CaseDocuments.Vote(1, "cat"), Content = System.Text.Encoding.ASCII.GetBytes(World.Vote("cat")) });
            bench.Openings = new DuressOpenings(Openings.Where(o => !o.Device.StartsWith("bob/", StringComparison.Ordinal)));
            await bench.RefusedUnaskedAsync(RefusalCode.CommitmentUnopened);
            Assert.Empty(bench.Duress);
        }
    }

    // Its earlier key signed the entry: the gate needs the openings of both.
    [Fact]
    public async Task SignAsync_TheDeviceHasAnotherKeyAndCommitmentSince_IsAskedAboutTheOneThatSigned()
    {
        var renewed = Opening("bob", "bob-2", DeviceKind.Plain, "another");
        var bench = Bench(SignedBy(People.Ann, Forced), d => d with
        {
            Approvers = [.. d.Approvers.Select(a => a with
            {
                Devices = [.. a.Devices.Select(v => v.Id == "bob-2" ? People.Device("bob-2", SoftwareKey.EdDsa("device-bob-3")) with { DuressCommitment = renewed.Commitment() } : v)],
            })],
        }, weakens: true);
        bench.Openings = new DuressOpenings([.. Openings, renewed]);

        Assert.IsType<GateOutcome.NotYet>(await bench.SignAsync());
        Assert.Equal((bench.Id, "bob/bob-2"), bench.Duress.Distinct().Single());

        bench.Openings = new DuressOpenings([.. Openings.Where(o => o.Device != "bob/bob-2"), renewed]);
        await bench.RefusedUnaskedAsync(RefusalCode.CommitmentUnopened);
    }

    private static CustodyWorld Uncommitted
    {
        get
        {
            var world = CustodyWorld.Default with
            {
                Governance = World.Governance with { Approvers = [.. World.Governance.Approvers.Select(a => a with { Devices = [.. a.Devices.Select(d => d with { DuressCommitment = null })] })] },
            };
            return Facts(world with { EntryDocument = Entry(People.Ann, People.Cat) }, Entry(People.Ann, People.Cat));
        }
    }

    private static GovernanceDocument Removed(GovernanceDocument document) => document with
    {
        Approvers = [.. document.Approvers.Select(a => a with { Devices = [.. a.Devices.Where(v => v.Id != "bob-2")] })],
    };

    private static CustodyWorld Reinstated(params string[] statements) => Facts(World, Entry(People.Ann, People.Cat), Suspended, Ended(statements));

    private static StopFact Ended(params string[] statements) => new(StopKind.EntryReinstated, World.Entry.EntryId, "it was right", Digest: World.Entry.Digest(), Evidence: statements);

    private static GateBench Bench(CustodyWorld world, Func<GovernanceDocument, GovernanceDocument>? edit = null, bool weakens = false)
    {
        if (edit is null)
        {
            return new GateBench(world) { Openings = new DuressOpenings(Openings) };
        }

        var second = weakens ? Succession.Weaker(world.Governance, edit) : Succession.Next(world.Governance, edit);
        var bench = new GateBench(world with { StopFacts = [.. world.StopFacts, Succession.Proposed(second), Succession.InForce(second)] }) { Openings = new DuressOpenings(Openings) };
        bench.Facts.Stored[(FactKind.Governance, FactId.Governance(2, second.Digest()))] = Succession.Signed(second);
        return bench;
    }
}
