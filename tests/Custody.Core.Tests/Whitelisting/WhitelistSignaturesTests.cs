using Custody.Core.Governance;
using Custody.Core.Signatures;
using Custody.Core.Whitelisting;
using Custody.Testing.World;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;
using static Custody.Core.Tests.Whitelisting.WhitelistTexts;

namespace Custody.Core.Tests.Whitelisting;

public sealed class WhitelistSignaturesTests
{
    private static readonly WhitelistEntry Known = Entry("known", CustodyWorld.Destination);
    private static readonly SoftwareKey[] Keys =
        [People.Exchange, People.OtherExchange, People.Ann, People.Bob, People.Cat, People.Olga, People.Gina, People.Comparison, People.Stranger];

    [Property]
    public Property Hold_AnySigners_OnlyWithTheClientAndTheQuorumOfApprovers() => Prop.ForAll(Gen.SubListOf(Keys).ToArbitrary(), signers =>
    {
        var approvers = signers.Count(s => s == People.Ann || s == People.Bob || s == People.Cat);
        return WhitelistSignatures.Hold(Sign(Known, [.. signers]), "exchange-a", CustodyWorld.Default.Governed, [], Start) == (signers.Contains(People.Exchange) && approvers >= 2);
    });

    [Fact]
    public void Hold_ASignatureTwice_CountsOnce() =>
        Assert.False(WhitelistSignatures.Hold(Sign(Known, People.Exchange, People.Ann, People.Ann), "exchange-a", CustodyWorld.Default.Governed, [], Start));

    [Fact]
    public void Hold_SignaturesOverAnotherEntry_DoNotCount()
    {
        var other = Sign(Known with { Address = Near }, People.Ann, People.Bob);
        var mixed = Sign(Known, People.Exchange) with { Signatures = [.. Sign(Known, People.Exchange).Signatures, .. other.Signatures] };

        Assert.False(WhitelistSignatures.Hold(mixed, "exchange-a", CustodyWorld.Default.Governed, [], Start));
    }

    [Fact]
    public void Hold_OnePersonWithTwoDevicesOrTwoIds_CountsOnce()
    {
        var ann = People.Approver("ann", "hk") with { Devices = [.. People.Approver("ann", "hk").Devices, People.Device("ann-second", People.Bob)] };
        var sameDevices = Governed([ann, People.Approver("cat", "ldn")]);
        var samePerson = Governed([People.Approver("ann", "hk"), People.Approver("bob", "hk", person: "ann"), People.Approver("cat", "ldn")]);

        Assert.False(WhitelistSignatures.Hold(Sign(Known, People.Exchange, People.Ann, People.Bob), "exchange-a", sameDevices, [], Start));
        Assert.False(WhitelistSignatures.Hold(Sign(Known, People.Exchange, People.Ann, People.Bob), "exchange-a", samePerson, [], Start));
        Assert.True(WhitelistSignatures.Hold(Sign(Known, People.Exchange, People.Bob, People.Cat), "exchange-a", samePerson, [], Start));
    }

    [Fact]
    public void Hold_AnApproverWhoIsTheProposer_DoesNotCount() => Assert.False(WhitelistSignatures.Hold(
        Sign(Known, People.Exchange, People.Ann, People.Bob), "exchange-a", Governed([People.Approver("ann", "hk", person: "exchange-a"), People.Approver("bob", "sg"), People.Approver("cat", "ldn")]), [], Start));

    [Fact]
    public void Hold_AnApproverWhoHoldsAKeyOfTheClient_DoesNotCount()
    {
        var governed = CustodyWorld.Default.Governed;
        var held = Held(governed.Document, client: "exchange-a", by: "ann");
        var ofAnother = Held(governed.Document, client: "exchange-b", by: "ann");

        Assert.False(WhitelistSignatures.Hold(Sign(Known, People.Exchange, People.Ann, People.Bob), "exchange-a", held, [], Start));
        Assert.True(WhitelistSignatures.Hold(Sign(Known, People.Exchange, People.Bob, People.Cat), "exchange-a", held, [], Start));
        Assert.True(WhitelistSignatures.Hold(Sign(Known, People.Exchange, People.Ann, People.Bob), "exchange-a", ofAnother, [], Start));
    }

    [Fact]
    public void Hold_ASuspendedDevice_DoesNotCount()
    {
        var signed = Sign(Known, People.Exchange, People.Ann, People.Bob);

        Assert.True(WhitelistSignatures.Hold(signed, "exchange-a", CustodyWorld.Default.Governed, ["cat/cat-phone"], Start));
        Assert.False(WhitelistSignatures.Hold(signed, "exchange-a", CustodyWorld.Default.Governed, ["ann/ann-phone"], Start));
    }

    [Fact]
    public void Hold_AnApproverWithoutTraining_DoesNotCount() => Assert.False(WhitelistSignatures.Hold(
        Sign(Known, People.Exchange, People.Ann, People.Bob), "exchange-a", Governed([People.Approver("ann", "hk") with { Training = null }, People.Approver("bob", "sg"), People.Approver("cat", "ldn")]), [], Start));

    [Fact]
    public void Hold_RolesAndSites_AreAskedFor()
    {
        var signed = Sign(Known, People.Exchange, People.Ann, People.Bob);

        Assert.True(WhitelistSignatures.Hold(signed, "exchange-a", With(new WhitelistTerms(2, 0, Roles: ["treasury"], MinSites: 2)), [], Start));
        Assert.False(WhitelistSignatures.Hold(signed, "exchange-a", With(new WhitelistTerms(2, 0, Roles: ["risk"])), [], Start));
        Assert.False(WhitelistSignatures.Hold(signed, "exchange-a", With(new WhitelistTerms(2, 0, MinSites: 3)), [], Start));
        Assert.False(WhitelistSignatures.Hold(signed, "exchange-a", With(new WhitelistTerms(2, 0)), [], Start, extra: 1));
    }

    private static Governed Governed(IReadOnlyList<Approver> approvers) =>
        (CustodyWorld.Default with { Governance = SampleGovernance.Document with { Approvers = approvers } }).Governed;

    private static Governed Held(GovernanceDocument document, string client, string by) => (CustodyWorld.Default with
    {
        Governance = document with { Clients = [.. document.Clients.Select(c => c.Id == client ? c with { Keys = [c.Keys[0] with { Terms = new KeyTerms(Person: by) }] } : c)] },
    }).Governed;
}
