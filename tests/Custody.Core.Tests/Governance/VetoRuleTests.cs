using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Governance;

public sealed class VetoRuleTests
{
    private static readonly CustodyWorld World = CustodyWorld.Default;
    private static readonly GovernanceDocument Next = Succession.Next(SampleGovernance.Document, d => d with { Rules = [] });
    private static readonly GovernanceVeto Good = new(1, 2, Next.Digest(), "gwen", "Not agreed.", World.Now.AddMinutes(-1), World.Now.AddMinutes(9));

    private static readonly Dictionary<string, (RefusalCode Code, Func<string> Veto)> Refusals = new(StringComparer.Ordinal)
    {
        ["an operator's key"] = (RefusalCode.SignatureKeyUnknown, () => Sign(People.Olga, Good)),
        ["another governor's key"] = (RefusalCode.SignatureKeyUnknown, () => Sign(People.Gina, Good)),
        ["expired"] = (RefusalCode.StatementExpired, () => Sign(People.Gwen, Good with { ExpiresAt = World.Now })),
        ["from the future"] = (RefusalCode.StatementExpired, () => Sign(People.Gwen, Good with { SignedAt = World.Now.AddHours(1) })),
        ["of the version in force"] = (RefusalCode.TooLate, () => Sign(People.Gwen, Good with { GovernanceVersion = 1 })),
        ["of what nobody proposed"] = (RefusalCode.GovernanceNotProposed, () => Sign(People.Gwen, Good with { GovernanceDigest = new string('0', 64) })),
        ["version 2"] = (RefusalCode.BodyMalformed, () => Sign(People.Gwen, Good with { Version = 2 })),
        ["another type"] = (RefusalCode.SignatureMalformed, () => People.Gwen.Sign(DocumentType.Freeze, Good, World.Now)),
    };

    public static TheoryData<string> RefusalNames => [.. Refusals.Keys];

    [Fact]
    public void Verify_AnySingleGovernor_IsAllowed()
    {
        var (verdict, veto) = Verify(Sign(People.Gwen, Good));

        Assert.True(verdict.IsAllowed);
        Assert.Equal("gwen", veto!.GovernorId);
    }

    [Theory]
    [MemberData(nameof(RefusalNames))]
    public void Verify_AnythingElse_IsRefused(string name)
    {
        var (code, veto) = Refusals[name];
        var (verdict, statement) = Verify(veto());

        Assert.Equal((false, code), (verdict.IsAllowed, verdict.Code));
        Assert.Null(statement);
    }

    private static string Sign(SoftwareKey key, GovernanceVeto veto) => key.Sign(DocumentType.GovernanceVeto, veto, World.Now);

    private static (Verdict Verdict, GovernanceVeto? Veto) Verify(string compact) =>
        VetoRule.Verify(compact, World.Governed, StopLines.Fold([World.InForce, Succession.Proposed(Next)]), World.Now);
}
