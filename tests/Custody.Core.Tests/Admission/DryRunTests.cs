using Custody.Core.Admission;
using Custody.Core.Policy;
using Custody.Core.Results;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Admission;

/// <summary>A dry run says what admission would say, and explains the rules whatever refuses before them.</summary>
public sealed class DryRunTests
{
    private static readonly CustodyWorld World = CustodyWorld.Default;

    private static readonly Dictionary<string, AdmissionFacts> Cases = new(StringComparer.Ordinal)
    {
        ["all well"] = World.AdmissionFacts,
        ["no customer"] = World.AdmissionFacts with { Customer = null },
        ["no entry"] = World.AdmissionFacts with { Entry = null },
        ["no price"] = World.AdmissionFacts with { Prices = null },
        ["a listed destination"] = (World with { SanctionsList = World.SanctionsList with { Entries = [World.SanctionsList.Entries[0] with { Address = CustodyWorld.Destination.ToLowerInvariant() }] } }).AdmissionFacts,
        ["no sanctions list"] = World.AdmissionFacts with { Screening = World.ScreeningFacts with { Lists = new Dictionary<string, Core.Signatures.SignedDocument>() } },
        ["no rule"] = (World with { Governance = World.Governance with { Rules = [] } }).AdmissionFacts,
        ["a first use above its cap"] = (World with { Governance = World.Governance with { Rules = [World.Governance.Rules[0] with { FirstUseMaxAmount = 1 }] } }).AdmissionFacts,
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Of_AnyFacts_SaysWhatAdmissionSays(string name)
    {
        var admission = AdmissionRule.Evaluate(Cases[name]);

        var run = DryRun.Of(World.Request, Cases[name]);

        Assert.Equal((admission.Verdict, admission.Stage, admission.Admitted?.Rule), (run.Verdict, run.Stage, run.Verdict.IsAllowed ? run.Policy.Decision.Rule : null));
        Assert.Equal(Cases[name].Governed.Document.Rules.Select(r => r.Id), run.Policy.Rules.Select(r => r.RuleId));
    }

    // Without an entry nobody knows whose the destination is: a rule that asks cannot be told to match.
    [Fact]
    public void Of_NoEntry_RulesThatAskForTheDestinationCannotBeTold()
    {
        var world = World with { Governance = World.Governance with { Rules = [World.Governance.Rules[0] with { Destinations = [DestinationKind.WhitelistedExternal] }] } };

        var run = DryRun.Of(World.Request, world.AdmissionFacts with { Entry = null });

        Assert.Equal(RefusalCode.WhitelistEntryUnknown, run.Verdict.Code);
        Assert.Equal(RefusalCode.PolicyFactMissing, run.Policy.Decision.Verdict.Code);
    }
}
