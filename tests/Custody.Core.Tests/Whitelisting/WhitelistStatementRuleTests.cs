using Custody.Core.Results;
using Custody.Core.Whitelisting;
using Custody.Testing.World;
using Xunit;
using static Custody.Core.Tests.Whitelisting.WhitelistTexts;

namespace Custody.Core.Tests.Whitelisting;

public sealed class WhitelistStatementRuleTests
{
    private static readonly WhitelistEntry Known = Entry("known", CustodyWorld.Destination);

    [Theory]
    [InlineData(WhitelistAction.Suspend, true, true, false)]
    [InlineData(WhitelistAction.Tombstone, true, true, false)]
    [InlineData(WhitelistAction.Reinstate, false, false, true)]
    [InlineData(WhitelistAction.Reject, false, false, true)]
    [InlineData(WhitelistAction.Unknown, false, false, false)]
    public void Verify_EachAction_HasThoseWhoMaySayIt(WhitelistAction action, bool client, bool operators, bool approvers)
    {
        Assert.Equal(client, Allowed(action, "exchange-a", People.Exchange));
        Assert.Equal(operators, Allowed(action, "olga", People.Olga));
        Assert.Equal(approvers, Allowed(action, "ann", People.Ann, "ann-phone"));
        Assert.False(Allowed(action, "exchange-b", People.OtherExchange));
        Assert.False(Allowed(action, "gina", People.Gina));
        Assert.False(Allowed(action, "stranger", People.Stranger));
    }

    [Fact]
    public void Verify_WhatDoesNotFit_IsRefused()
    {
        var right = Statement(Known, WhitelistAction.Suspend, "olga");

        Assert.True(Verify(right).IsAllowed);
        Assert.Equal(RefusalCode.WhitelistStatementMismatch, Verify(right with { EntryId = "other" }).Code);
        Assert.Equal(RefusalCode.WhitelistStatementMismatch, Verify(right with { EntryDigest = Entry("known", Near).Digest() }).Code);
        Assert.Equal(RefusalCode.SignatureKeyUnknown, Verify(right with { ActorId = "omar" }).Code);
        Assert.Equal(RefusalCode.DeviceUnknown, Verify(right with { DeviceId = "ann-phone" }).Code);
        Assert.Equal(RefusalCode.StatementExpired, Verify(right with { ExpiresAt = Start }).Code);
        Assert.Equal(RefusalCode.BodyMalformed, Verify(right with { Version = 2 }).Code);
        Assert.Equal(
            RefusalCode.SignatureMalformed,
            WhitelistStatementRule.Verify(People.Olga.Sign(Core.Signatures.DocumentType.Freeze, right, right.SignedAt), Known, CustodyWorld.Default.Governed, Start).Verdict.Code);
    }

    private static Verdict Verify(WhitelistStatement statement) =>
        WhitelistStatementRule.Verify(Sign(statement, People.Olga), Known, CustodyWorld.Default.Governed, Start).Verdict;

    private static bool Allowed(WhitelistAction action, string actor, SoftwareKey key, string? device = null) =>
        WhitelistStatementRule.Verify(Sign(Statement(Known, action, actor, device), key), Known, CustodyWorld.Default.Governed, Start).Verdict.IsAllowed;
}
