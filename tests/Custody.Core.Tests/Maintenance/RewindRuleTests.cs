using Custody.Core.Assets;
using Custody.Core.Maintenance;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Maintenance;

public sealed class RewindRuleTests
{
    private static readonly DateTimeOffset Now = CustodyWorld.Start;
    private static readonly Core.Governance.Governed Governed = CustodyWorld.Default.Governed;
    private static readonly RewindStatement Statement = new(
        1, SampleGovernance.Chain, 110, "0x" + new string('a', 64), 100, "0x" + new string('b', 64), "olga", "the nodes agree", Now, Now.AddHours(1));

    [Fact]
    public void Together_TwoPeopleOnTheSameOrder_AndNothingLess()
    {
        var (olga, omar) = (Sign(Statement), Sign(Statement with { OperatorId = "omar", Reason = "I looked too" }));

        Assert.True(Together(olga, omar).IsAllowed);
        Assert.Equal(RefusalCode.SecondSignatureNeeded, Together(olga).Code);
        Assert.Equal(RefusalCode.SecondSignatureNeeded, Together(olga, olga, Sign(Statement with { Reason = "again" })).Code);
        Assert.False(Together().IsAllowed);
        Assert.False(Together(olga, Sign(Statement with { OperatorId = "omar", Block = 99 })).IsAllowed);
        Assert.False(Together(olga, Sign(Statement with { OperatorId = "omar", BlockHash = "0x" + new string('c', 64) })).IsAllowed);
        Assert.False(Together(olga, Sign(Statement with { OperatorId = "omar", FromHash = "0x" + new string('c', 64) })).IsAllowed);
        Assert.False(RewindRule.Together([olga, omar], Statement.ToOrder(), Governed, Now.AddHours(1)).IsAllowed);
    }

    [Fact]
    public void Verify_AnythingElse_IsRefused()
    {
        Assert.True(Verify(Sign(Statement)).IsAllowed);
        Assert.True(Verify(Sign(Statement with { Block = 110 })).IsAllowed);
        Assert.Equal(RefusalCode.FieldInvalid, Verify(Sign(Statement with { Block = 111 })).Code);
        Assert.Equal(RefusalCode.FieldInvalid, Verify(Sign(Statement with { Chain = ChainId.Parse("eip155:1") })).Code);
        Assert.Equal(RefusalCode.FieldInvalid, Verify(Sign(Statement with { BlockHash = new string('b', 64) })).Code);
        Assert.Equal(RefusalCode.FieldInvalid, Verify(Sign(Statement with { FromHash = "0x" + new string('A', 64) })).Code);
        Assert.Equal(RefusalCode.BodyMalformed, Verify(Sign(Statement with { Version = 2 })).Code);
        Assert.Equal(RefusalCode.SignatureKeyUnknown, Verify(People.Ann.Sign(DocumentType.Rewind, Statement, Now)).Code);
        Assert.Equal(RefusalCode.SignatureMalformed, Verify(People.Olga.Sign(DocumentType.Maintenance, Statement, Now)).Code);
    }

    private static Verdict Together(params string[] halves) => RewindRule.Together(halves, Statement.ToOrder(), Governed, Now);

    private static Verdict Verify(string compact) => RewindRule.Verify(compact, Governed, Now).Verdict;

    private static string Sign(RewindStatement statement) => People.OperatorKey(statement.OperatorId).Sign(DocumentType.Rewind, statement, Now);
}
