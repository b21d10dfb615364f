using Custody.Core.Alerts;
using Custody.Core.Policy;
using Custody.Core.Results;
using Custody.Testing;
using Custody.Testing.World;
using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace Custody.Core.Tests.Results;

public sealed class ClosedSetTests
{
    [Fact]
    public void RefusalCodes_AreUniqueAndRoundTrip()
    {
        var codes = Enum.GetValues<RefusalCode>();

        Assert.Equal(codes.Length, codes.Select(c => (int)c).Distinct().Count());
        Assert.Equal(codes.Length, codes.Select(c => c.Text()).Distinct().Count());
        Assert.All(codes, c => Assert.Equal(c, RefusalCodes.Find(c.Text())));
        Assert.All(codes, c => Assert.Matches("^[a-z]+(-[a-z]+)*$", c.Text()));
        Assert.Equal("whitelist-other-customer", RefusalCode.WhitelistOtherCustomer.Text());
        Assert.Equal("unspecified", ((RefusalCode)12345).Text());
        Assert.Null(RefusalCodes.Find("no-such-code"));
    }

    // On the wire and in every audit trail: a number may be added, and none ever moves.
    [Theory]
    [InlineData(RefusalCode.Unspecified, 0)]
    [InlineData(RefusalCode.SignatureExpired, 109)]
    [InlineData(RefusalCode.RequestExpired, 206)]
    [InlineData(RefusalCode.DestinationForbidden, 313)]
    [InlineData(RefusalCode.FeeAboveEnvelope, 405)]
    [InlineData(RefusalCode.CancelledByClient, 510)]
    [InlineData(RefusalCode.TransactionReverted, 617)]
    [InlineData(RefusalCode.VaultFirmwareNotGoverned, 640)]
    [InlineData(RefusalCode.ReplacementTooEarly, 660)]
    [InlineData(RefusalCode.GasFundingExceeded, 672)]
    [InlineData(RefusalCode.VaultKeyMissing, 645)]
    [InlineData(RefusalCode.TransferWouldRevert, 683)]
    [InlineData(RefusalCode.TooLate, 706)]
    public void RefusalCodes_NeverMove(RefusalCode code, int number) => Assert.Equal(number, (int)code);

    [Fact]
    public void Verdict_Default_Refuses()
    {
        Assert.False(default(Verdict).IsAllowed);
        Assert.Equal((RefusalCode.Unspecified, ""), (default(Verdict).Code, default(Verdict).Detail));
        Assert.False(Verdict.All().IsAllowed);
        Assert.False(Verdict.Refused(RefusalCode.Unspecified, "").IsAllowed);
        Assert.NotEqual(Verdict.Allowed, default);
    }

    [Fact]
    public void Verdict_All_StopsAtTheFirstRefusal()
    {
        var asked = 0;
        var verdict = Verdict.All(
            () => Verdict.Allowed,
            () => Verdict.Refused(RefusalCode.Frozen, "first"),
            () =>
            {
                asked++;
                return Verdict.Refused(RefusalCode.Stopped, "second");
            });

        Assert.Equal((RefusalCode.Frozen, 0), (verdict.Code, asked));
        Assert.True(Verdict.All(() => Verdict.Allowed, () => Verdict.Allowed).IsAllowed);
        Assert.False(Verdict.All(() => Verdict.Allowed, () => default).IsAllowed);
    }

    [Fact]
    public void AlertCatalogue_IsCompleteAndEveryAlertHasItsRunbook()
    {
        var codes = Enum.GetValues<AlertCode>().Where(c => c != AlertCode.Unknown).ToList();

        Assert.Equal(codes.Order(), AlertCatalogue.Codes.Order());
        Assert.All(codes, c => Assert.NotEmpty(AlertCatalogue.Title(c)));
        Assert.Throws<KeyNotFoundException>(() => AlertCatalogue.Severity(AlertCode.Unknown));
        var index = File.ReadAllText(RepositoryRoot.Of("docs", "runbooks", "README.md"));
        Assert.All(codes, c =>
        {
            var page = RepositoryRoot.Of(AlertCatalogue.Runbook(c).Split('/'));
            Assert.True(File.Exists(page), $"{c} has no runbook at {AlertCatalogue.Runbook(c)}");
            var text = File.ReadAllText(page);
            Assert.All(["## What it means", "## What the system has done", "## Look at", "## Do", "## Who decides", "## How it ends"], h => Assert.Contains(h, text, StringComparison.Ordinal));
            Assert.Contains(AlertCatalogue.Severity(c).ToString(), text, StringComparison.Ordinal);
            Assert.Contains($"({AlertCatalogue.Text(c)}.md)", index, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Alert_SameOccasion_HasTheSameDedupeKey()
    {
        var one = Alert.About(AlertCode.SecondDigest, "w1", "a", CustodyWorld.Start);

        Assert.Equal(one.DedupeKey, Alert.About(AlertCode.SecondDigest, "w1", "b", CustodyWorld.Start.AddDays(1)).DedupeKey);
        Assert.NotEqual(one.DedupeKey, Alert.About(AlertCode.SecondDigest, "w2", "a", CustodyWorld.Start).DedupeKey);
        Assert.NotEqual(one.DedupeKey, Alert.About(AlertCode.SecondDigest, "w1", "a", CustodyWorld.Start, "again").DedupeKey);
    }

    [Fact]
    public void LimitRule_NoLimitDenies_AndTheLimitItselfIsAllowed()
    {
        var limit = SampleGovernance.Limit(LimitScope.Vault, 10);
        var one = SampleGovernance.OneEther;

        Assert.Equal(RefusalCode.LimitMissing, LimitRule.Check(null, LimitScope.Vault, SampleGovernance.Ether, 0, 1).Code);
        Assert.True(LimitRule.Check(limit, LimitScope.Vault, SampleGovernance.Ether, 4 * one, 6 * one).IsAllowed);
        Assert.Equal(RefusalCode.VelocityExceeded, LimitRule.Check(limit, LimitScope.Vault, SampleGovernance.Ether, 4 * one, (6 * one) + 1).Code);
        Assert.Null(LimitRule.Find(CustodyWorld.Default.Governed, LimitScope.Vault, Core.Assets.AssetId.Parse("eip155:1/slip44:60")));
        Assert.Equal(40 * one, LimitRule.Find(CustodyWorld.Default.Governed, LimitScope.Vault, SampleGovernance.Ether)!.MaxAmount);
    }

    [Property]
    public bool LimitRule_AnyAmounts_NeverPassTheLimit(NonNegativeInt used, NonNegativeInt amount, NonNegativeInt max)
    {
        var allowed = LimitRule.Check(new VelocityLimit(LimitScope.Vault, SampleGovernance.Ether, 1, max.Get), LimitScope.Vault, SampleGovernance.Ether, used.Get, amount.Get).IsAllowed;
        return allowed == (max.Get > 0 && (long)used.Get + amount.Get <= max.Get);
    }
}
