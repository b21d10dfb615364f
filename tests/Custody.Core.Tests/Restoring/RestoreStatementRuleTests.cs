using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Restoring;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Restoring;

public sealed class RestoreStatementRuleTests
{
    private static readonly CustodyWorld World = CustodyWorld.Default;
    private static readonly DateTimeOffset Now = World.Now;
    private static readonly RestoreStatement Statement = Restores.Statement(Now, 9);

    [Fact]
    public void Verify_TheQuorumSigned_IsAllowed()
    {
        var reading = Verify(Restores.Bundle(Statement));

        Assert.True(reading.Verdict.IsAllowed, reading.Verdict.Detail);
        Assert.Equal(Statement, reading.Statement! with { Journals = Statement.Journals, Accounts = Statement.Accounts });
        Assert.Equal(World.Governance.Digest(), reading.Governed!.Digest);
    }

    [Fact]
    public void Verify_TooFewOrTheWrongPeople_IsRefused()
    {
        Assert.Equal(RefusalCode.RestoreUnsigned, Verify(Restores.Bundle(Statement, People.Gina)).Verdict.Code);
        Assert.Equal(RefusalCode.RestoreUnsigned, Verify(Restores.Bundle(Statement, People.Gina, People.Gina)).Verdict.Code);
        Assert.Equal(RefusalCode.RestoreUnsigned, Verify(Restores.Bundle(Statement, People.Gina, People.Olga)).Verdict.Code);
        Assert.Equal(RefusalCode.RestoreUnsigned, Verify(Restores.Bundle(Statement) with { Statement = new SignedDocument(Restores.Signed(Statement).Payload, []) }).Verdict.Code);
    }

    [Fact]
    public void Verify_SignaturesOfAnotherType_DoNotCount()
    {
        var governance = Signing.Document(DocumentType.Governance, Statement, Now, People.Gina, People.Gus);

        Assert.Equal(RefusalCode.RestoreUnsigned, Verify(new RestoreBundle(governance, [World.GovernanceDocument])).Verdict.Code);
    }

    public static TheoryData<string, Func<RestoreStatement, RestoreStatement>> Wrong => new()
    {
        { "version", s => s with { Version = 2 } },
        { "root", s => s with { TrustRoot = new string('b', 64) } },
        { "governance version", s => s with { GovernanceVersion = 2 } },
        { "governance digest", s => s with { GovernanceDigest = new string('b', 64) } },
        { "future", s => s with { SignedAt = Now.AddMinutes(2) } },
        { "expired", s => s with { ExpiresAt = Now } },
        { "lives too long", s => s with { ExpiresAt = Now.AddDays(1).AddSeconds(1) } },
        { "reason", s => s with { Reason = " " } },
        { "a journal is missing", s => s with { Journals = [.. s.Journals.Skip(1)] } },
        { "a journal twice", s => s with { Journals = [.. s.Journals, s.Journals[1]] } },
        { "a strange journal", s => s with { Journals = [.. s.Journals, new RestoredJournal("signing/other", null, null)] } },
        { "no stop journal", s => s with { Journals = [s.Journals[0] with { Accepted = null }, .. s.Journals.Skip(1)] } },
        { "an account is missing", s => s with { Accounts = [s.Accounts[0]] } },
        { "an account twice", s => s with { Accounts = [.. s.Accounts, s.Accounts[0]] } },
        { "another account", s => s with { Accounts = [s.Accounts[0] with { Account = CustodyWorld.Destination }, s.Accounts[1]] } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Verify_AnythingElse_IsRefused(string what, Func<RestoreStatement, RestoreStatement> change)
    {
        var reading = Verify(Restores.Bundle(change(Statement)));

        Assert.True(reading.Verdict is { IsAllowed: false, Code: RefusalCode.RestoreInvalid }, $"{what}: {reading.Verdict.Code}");
        Assert.Null(reading.Statement);
    }

    [Fact]
    public void Verify_GovernanceThatDoesNotVerify_IsRefused()
    {
        Assert.Equal(RefusalCode.RestoreInvalid, Verify(Restores.Bundle(Statement) with { Governance = [] }).Verdict.Code);
        Assert.Equal(RefusalCode.RestoreInvalid, RestoreStatementRule.Verify(Restores.Bundle(Statement), new string('c', 64), Now).Verdict.Code);
        Assert.False(RestoreStatementRule.Verify(new RestoreBundle(new SignedDocument("", []), []), World.TrustRoot, Now).Verdict.IsAllowed);
    }

    // Whoever the newest version no longer names cannot bring back the version that named them.
    [Fact]
    public void Verify_GovernorsOfAnOlderVersion_DoNotSignForANewerOne()
    {
        var second = Succession.Weaker(World.Governance, d => d with { Governors = d.Governors with { Members = [.. d.Governors.Members.Where(g => g.Id != "gus")] } });
        var statement = Restores.Statement(Now, 9, second);
        RestoreBundle Bundle(params SoftwareKey[] governors) => new(Restores.Signed(statement, governors), [World.GovernanceDocument, Succession.Signed(second)]);

        Assert.Equal(RefusalCode.RestoreUnsigned, Verify(Bundle(People.Gina, People.Gus)).Verdict.Code);
        Assert.True(Verify(Bundle(People.Gina, People.Gwen)).Verdict.IsAllowed);
    }

    [Fact]
    public void Bundle_AsAFile_ReadsBack()
    {
        var bundle = Restores.Bundle(Statement);

        Assert.Equal(bundle.ToBytes(), RestoreBundle.FromBytes(bundle.ToBytes())!.ToBytes());
        Assert.Null(RestoreBundle.FromBytes("{}"u8));
        Assert.Null(RestoreBundle.FromBytes("no"u8));
    }

    [Fact]
    public void Statement_ItsDigest_IsOfItsBytes() => Assert.NotEqual(
        RestoreStatement.DigestOf(CanonicalJson.Serialize(Statement)), RestoreStatement.DigestOf(CanonicalJson.Serialize(Statement with { Reason = "another" })));

    private static RestoreReading Verify(RestoreBundle bundle) => RestoreStatementRule.Verify(bundle, World.TrustRoot, Now);
}
