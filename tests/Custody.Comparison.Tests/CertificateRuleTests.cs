using System.Security.Cryptography;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Transactions;
using Custody.Testing.World;

namespace Custody.Comparison.Tests;

/// <summary>What the sender asks for before it hands bytes to a node.</summary>
public sealed class CertificateRuleTests
{
    private static readonly CustodyWorld World = CustodyWorld.Default;
    private static readonly WithdrawalIntent Intent = World.Intent;
    private static readonly byte[] Signed = [2, 1, 2, 3];

    private static readonly Dictionary<string, string?> Refusals = new(StringComparer.Ordinal)
    {
        ["none"] = null,
        ["no JWS"] = "a.b.c",
        ["another key's"] = Sign(Good, People.Olga),
        ["another type's"] = People.Comparison.Sign(DocumentType.Approval, Good, CustodyWorld.Start),
        ["of another version"] = Sign(Good with { Version = 2 }),
        ["for another withdrawal"] = Sign(Good with { WithdrawalId = "w-other" }),
        ["for another attempt"] = Sign(Good with { Attempt = 2 }),
        ["for another intent"] = Sign(Good with { IntentDigest = new string('0', 64) }),
        ["for other bytes"] = Sign(Good with { SignedDigest = Convert.ToHexStringLower(SHA256.HashData([2])) }),
        ["of a mismatch"] = Sign(Good with { Verdicts = [new FieldVerdict("amount", false, "1", "2")] }),
        ["of nothing compared"] = Sign(Good with { Verdicts = [] }),
        ["no certificate"] = People.Comparison.Sign(DocumentType.Certificate, World.Request, CustodyWorld.Start),
    };

    public static TheoryData<string> RefusalNames => [.. Refusals.Keys];

    private static ComparisonCertificate Good => ComparisonCertificate.Of(
        Intent,
        new ComparisonResult.Match(
            [new FieldVerdict("payments", true, "1", "1")], "0x01",
            new ComparisonDigests(Intent.Digest(), "u", Convert.ToHexStringLower(SHA256.HashData(Signed)))),
        "bd", "sd", CustodyWorld.Start);

    [Fact]
    public void Check_TheCertificateOfTheseBytes_IsAllowed()
    {
        Assert.True(CertificateRule.Check(Sign(Good), Intent, Signed, World.Governed, World.Now).IsAllowed);
        Assert.True(CertificateRule.EverHeld(Sign(Good), Intent, Signed, World.Governed, World.Now));
    }

    [Theory]
    [MemberData(nameof(RefusalNames))]
    public void Check_AnyOther_IsRefused(string which)
    {
        Assert.Equal(RefusalCode.CertificateInvalid, CertificateRule.Check(Refusals[which], Intent, Signed, World.Governed, World.Now).Code);
        Assert.False(CertificateRule.EverHeld(Refusals[which], Intent, Signed, World.Governed, World.Now));
    }

    // Nothing is sent with it any more, and nobody tampered with it.
    [Fact]
    public void Check_OfAKeyThatGovernanceReplaced_IsRefusedAndOnceHeld()
    {
        var next = Succession.Weaker(World.Governance, d => d with { ComparisonKey = SoftwareKey.EdDsa("comparison-key-2").Registered });
        var governed = Assert.IsType<GovernanceReading.Verified>(SuccessionRule.Check(World.Governed, Succession.Signed(next), World.Now)).Governed;

        Assert.Equal(RefusalCode.CertificateInvalid, CertificateRule.Check(Sign(Good), Intent, Signed, governed, World.Now).Code);
        Assert.True(CertificateRule.EverHeld(Sign(Good), Intent, Signed, governed, World.Now));
        Assert.False(CertificateRule.EverHeld(Sign(Good with { Attempt = 2 }), Intent, Signed, governed, World.Now));
    }

    private static string Sign(ComparisonCertificate certificate, SoftwareKey? key = null) => (key ?? People.Comparison).Sign(DocumentType.Certificate, certificate, CustodyWorld.Start);
}
