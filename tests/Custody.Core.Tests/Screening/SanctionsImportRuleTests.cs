using Custody.Core.Results;
using Custody.Core.Screening;
using Custody.Core.Signatures;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Screening;

public sealed class SanctionsImportRuleTests
{
    private static readonly CustodyWorld World = CustodyWorld.Default;
    private static readonly Core.Governance.Governed Governed = World.Governed;
    private static readonly DateTimeOffset Now = World.Now;
    private static readonly SanctionsList List = World.SanctionsList;

    [Fact]
    public void Verify_AnOperatorsFreshSignature_IsEnough()
    {
        var reading = SanctionsImportRule.Verify(Sign(List), Governed, Now);

        Assert.True(reading.Verdict.IsAllowed, reading.Verdict.Detail);
        Assert.Equal((List.Digest(), "olga"), (reading.List!.Digest(), reading.Operator!.Id));
    }

    [Fact]
    public void Verify_AnythingElse_IsRefused()
    {
        Assert.Equal(RefusalCode.SignatureKeyUnknown, Code(People.Ann.Sign(DocumentType.SanctionsList, List, Now)));
        Assert.Equal(RefusalCode.SignatureMalformed, Code(People.Olga.Sign(DocumentType.Freeze, List, Now)));
        Assert.Equal(RefusalCode.StatementExpired, Code(Sign(List, Now.AddMinutes(-10))));
        Assert.Equal(RefusalCode.SignatureExpired, Code(Sign(List, Now.AddMinutes(2))));
        Assert.Equal(RefusalCode.BodyMalformed, Code(People.Olga.SignBytes(DocumentType.SanctionsList, "{}"u8.ToArray(), Now)));
        Assert.Equal(RefusalCode.BodyMalformed, Code(Sign(List with { Version = 2 })));
        Assert.Equal(RefusalCode.BodyMalformed, Code(Sign(List with { Entries = [] })));
        Assert.Equal(RefusalCode.BodyMalformed, Code(Sign(List with { FileDigest = "" })));
        Assert.Equal(RefusalCode.BodyMalformed, Code(Sign(List with { Entries = [List.Entries[0], List.Entries[0]] })));
        Assert.Equal(RefusalCode.BodyMalformed, Code(Sign(List with { Entries = [List.Entries[0] with { Address = CustodyWorld.Destination }] })));
        Assert.Equal(RefusalCode.FieldInvalid, Code(Sign(List with { Source = "my-own" })));
        Assert.Equal(RefusalCode.FieldInvalid, Code(Sign(List with { PublishedAt = Now.AddMinutes(2) })));

        static RefusalCode Code(string compact) => SanctionsImportRule.Verify(compact, Governed, Now).Verdict.Code;
    }

    [Fact]
    public void NotOlder_APublicationBeforeTheOneInForce_IsRefused()
    {
        Assert.Equal(RefusalCode.SanctionsListOlder, SanctionsImportRule.NotOlder(List with { PublishedAt = List.PublishedAt.AddSeconds(-1) }, List).Code);
        Assert.True(SanctionsImportRule.NotOlder(List, List).IsAllowed);
        Assert.True(SanctionsImportRule.NotOlder(List, null).IsAllowed);
    }

    [Fact]
    public void LosesAddresses_OneIsGone_OrNobodyCanTell()
    {
        var more = List with { Entries = SanctionsList.Order([.. List.Entries, new SanctionsEntry("1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "XBT", "2", "x")]) };

        Assert.True(SanctionsImportRule.LosesAddresses(List, more, isFirst: false));
        Assert.True(SanctionsImportRule.LosesAddresses(List, null, isFirst: false));
        Assert.False(SanctionsImportRule.LosesAddresses(more, List, isFirst: false));
        Assert.False(SanctionsImportRule.LosesAddresses(List, null, isFirst: true));
    }

    [Fact]
    public void People_CountsEachOnce_ForThisVeryListWithinADay()
    {
        var (olga, omar) = (Sign(List), People.Omar.Sign(DocumentType.SanctionsList, List, Now.AddHours(-23)));

        Assert.Equal(2, Count(olga, omar));
        Assert.Equal(1, Count(olga, Sign(List, Now.AddHours(-1))));
        Assert.Equal(1, Count(olga, People.Omar.Sign(DocumentType.SanctionsList, List with { FileLength = 1 }, Now)));
        Assert.Equal(1, Count(olga, People.Omar.Sign(DocumentType.SanctionsList, List, Now.AddDays(-1))));
        Assert.Equal(0, Count(People.Ann.Sign(DocumentType.SanctionsList, List, Now)));

        static int Count(params string[] halves) => SanctionsImportRule.People(halves, List.Digest(), Governed, Now);
    }

    private static string Sign(SanctionsList list, DateTimeOffset? at = null) => People.Olga.Sign(DocumentType.SanctionsList, list, at ?? Now);
}
