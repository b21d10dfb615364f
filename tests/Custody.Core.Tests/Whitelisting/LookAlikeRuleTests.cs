using Custody.Core.Assets;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Whitelisting;
using Custody.Testing.World;
using Xunit;
using static Custody.Core.Tests.Whitelisting.WhitelistTexts;

namespace Custody.Core.Tests.Whitelisting;

public sealed class LookAlikeRuleTests
{
    private static readonly Governed Governed = CustodyWorld.Default.Governed;
    private static readonly WhitelistEntry Known = Entry("known", CustodyWorld.Destination);
    private static readonly WhitelistEntry Other = Entry("other", Near);

    [Fact]
    public void Find_SameFirstAndLastCharacters_IsFoundForWhoeverTheyAre()
    {
        var stops = StopLines.Fold([Activation(Known with { ClientId = "exchange-b" })]);

        Assert.Equal("known", Assert.Single(LookAlikeRule.Find(Other, stops, Governed)).EntryId);
        Assert.Equal(1, LookAlikeRule.Extra(Other, stops, Governed));
    }

    [Fact]
    public void Find_TheSameAddress_IsNoLookAlike() =>
        Assert.Empty(LookAlikeRule.Find(Known with { EntryId = "again" }, StopLines.Fold([Activation(Known)]), Governed));

    [Fact]
    public void Find_AnEntryThatEnded_StillCounts() =>
        Assert.Single(LookAlikeRule.Find(Other, StopLines.Fold([Activation(Known), new StopFact(StopKind.EntryTombstoned, "known", "lost")]), Governed));

    [Fact]
    public void Find_OurOwnVault_CountsToo()
    {
        var vault = People.HotKey.Address.ToString();
        var near = $"{vault[..8]}{new string('7', 28)}{vault[^6..]}";

        Assert.Equal("hot-1", Assert.Single(LookAlikeRule.Find(Entry("near", near), StopView.Empty, Governed)).VaultId);
    }

    [Fact]
    public void Find_AVaultThatGovernanceDropped_StillCounts()
    {
        var vault = People.WarmKey.Address.ToString();
        var near = $"{vault[..8]}{new string('7', 28)}{vault[^6..]}";
        var next = Succession.Next(Governed.Document, d => d with { Vaults = [d.Vaults[0]], Rules = [d.Rules[0]] });
        var without = Assert.IsType<GovernanceReading.Verified>(SuccessionRule.Check(Governed, Succession.Signed(next), CustodyWorld.Start)).Governed;

        Assert.Null(without.Vault("warm-1"));
        Assert.Equal("warm-1", Assert.Single(LookAlikeRule.Find(Entry("near", near), StopView.Empty, without)).VaultId);
    }

    [Fact]
    public void Find_WhatWasActivatedLater_DoesNotCount()
    {
        var stops = StopLines.Fold([Activation(Known), Activation(Other)]);

        Assert.Empty(LookAlikeRule.Find(Known, stops, Governed));
        Assert.Single(LookAlikeRule.Find(Other, stops, Governed));
    }

    [Theory]
    [InlineData(6, 4, 0)]
    [InlineData(4, 41, 0)]
    [InlineData(3, 3, 1)]
    [InlineData(4, 32, 1)]
    public void Find_GovernedLengths_Decide(int first, int last, int found) => Assert.Equal(
        found, LookAlikeRule.Find(Other, StopLines.Fold([Activation(Known)]), With(new WhitelistTerms(2, 0, LookAlikeFirst: first, LookAlikeLast: last))).Count);

    // Every version-0 address begins with bc1q: that makes nobody look alike.
    [Theory]
    [InlineData("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "w508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4")]
    [InlineData("1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62i", "AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62i")]
    public void Significant_Bitcoin_IsWithoutWhatAllAddressesShare(string address, string significant) =>
        Assert.Equal(significant, LookAlikeRule.Significant(ChainId.Parse("bip122:000000000019d6689c085ae165831e93"), address));

    [Fact]
    public void Gate_ALookAlike_NeedsOneApproverMore_WhateverStorageSays()
    {
        var world = CustodyWorld.Default with { Entry = Other with { EntryId = "entry-1" } };
        var before = Activation(Known);
        var request = world.Request;
        var two = Sign(world.Entry, People.Exchange, People.Ann, People.Cat);
        var three = Sign(world.Entry, People.Exchange, People.Ann, People.Cat, People.Bob);

        Assert.True(Verify(StopLines.Fold([Activation(world.Entry)]), two).IsAllowed);
        Assert.Equal(RefusalCode.LookAlikeApprovalMissing, Verify(StopLines.Fold([before, Activation(world.Entry)]), two).Code);
        Assert.True(Verify(StopLines.Fold([before, Activation(world.Entry)]), three).IsAllowed);

        Verdict Verify(StopView stops, Core.Signatures.SignedDocument signed) =>
            WhitelistRule.Verify(signed, request, Governed, stops, CustodyWorld.Start, CustodyWorld.Start).Verdict;
    }
}
