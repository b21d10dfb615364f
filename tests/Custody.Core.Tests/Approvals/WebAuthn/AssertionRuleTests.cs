using Custody.Core.Approvals;
using Custody.Core.Approvals.WebAuthn;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Testing;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Approvals.WebAuthn;

public sealed class AssertionRuleTests
{
    private static readonly byte[] Statement = CanonicalJson.Serialize(WebAuthnWorld.Statement("ann"));

    private static readonly Dictionary<string, (RefusalCode Code, Func<string> Vote)> Refusals = new(StringComparer.Ordinal)
    {
        ["another type"] = (RefusalCode.WebAuthnTypeWrong, () => Vote(new() { Type = "webauthn.create" })),
        ["another statement's challenge"] = (RefusalCode.WebAuthnChallengeMismatch, () => SoftwareAuthenticator.Vote(Statement, Ann.Sign(SoftwareAuthenticator.Digest(ApprovalStatement.Domain, [1])))),
        ["the bare digest of the statement"] = (RefusalCode.WebAuthnChallengeMismatch, () => SoftwareAuthenticator.Vote(Statement, Ann.Sign(System.Security.Cryptography.SHA256.HashData(Statement)))),
        ["the intent's digest as challenge"] = (RefusalCode.WebAuthnChallengeMismatch, () => SoftwareAuthenticator.Vote(Statement, Ann.Sign(Convert.FromHexString(WebAuthnWorld.World.Intent.Digest())))),
        ["another origin"] = (RefusalCode.WebAuthnOriginForbidden, () => Vote(new() { Origin = "https://approve.exchange.example.evil.example" })),
        ["the origin's other form"] = (RefusalCode.WebAuthnOriginForbidden, () => Vote(new() { Origin = "https://approve.exchange.example/" })),
        ["inside another page"] = (RefusalCode.WebAuthnCrossOrigin, () => Vote(new() { CrossOrigin = ",\"crossOrigin\":true" })),
        ["does not say whether inside another page"] = (RefusalCode.WebAuthnCrossOrigin, () => Vote(new() { CrossOrigin = "" })),
        ["names a page around it"] = (RefusalCode.WebAuthnCrossOrigin, () => Vote(new() { CrossOrigin = ",\"crossOrigin\":false,\"topOrigin\":\"https://evil.example\"" })),
        ["crossOrigin twice"] = (RefusalCode.WebAuthnMalformed, () => Vote(new() { CrossOrigin = ",\"crossOrigin\":true,\"crossOrigin\":false" })),
        ["another relying party"] = (RefusalCode.WebAuthnRelyingPartyMismatch, () => Vote(new() { RelyingParty = "evil.example" })),
        ["nobody there"] = (RefusalCode.WebAuthnUserAbsent, () => Vote(new() { WithoutFlags = 0x01 })),
        ["owner not verified"] = (RefusalCode.WebAuthnUserUnverified, () => Vote(new() { WithoutFlags = 0x04 })),
        ["can leave its authenticator"] = (RefusalCode.WebAuthnBackupEligible, () => Vote(new() { WithFlags = 0x08 })),
        ["has left without being able to"] = (RefusalCode.WebAuthnMalformed, () => Vote(new() { WithFlags = 0x10 })),
        ["flag of a credential without one"] = (RefusalCode.WebAuthnMalformed, () => Vote(new() { WithFlags = 0x40 })),
        ["flag of extensions"] = (RefusalCode.WebAuthnMalformed, () => Vote(new() { WithFlags = 0x80 })),
        ["a flag that nobody knows"] = (RefusalCode.WebAuthnMalformed, () => Vote(new() { WithFlags = 0x02 })),
        ["counter as at the registration"] = (RefusalCode.WebAuthnCounterBack, () => Registered5Vote(5)),
        ["counter below the registration's"] = (RefusalCode.WebAuthnCounterBack, () => Registered5Vote(4)),
        ["counter gone after it counted"] = (RefusalCode.WebAuthnCounterBack, () => Registered5Vote(0)),
        ["authenticator data changed after signing"] = (RefusalCode.SignatureInvalid, () => Changed(a => a with { AuthenticatorData = [.. a.AuthenticatorData[..36], (byte)(a.AuthenticatorData[36] + 1)] })),
        ["authenticator data longer"] = (RefusalCode.WebAuthnMalformed, () => Changed(a => a with { AuthenticatorData = [.. a.AuthenticatorData, 0] })),
        ["authenticator data shorter"] = (RefusalCode.WebAuthnMalformed, () => Changed(a => a with { AuthenticatorData = a.AuthenticatorData[..36] })),
        ["client data changed after signing"] = (RefusalCode.SignatureInvalid, () => Changed(a => a with { ClientData = [.. a.ClientData, (byte)' '] })),
        ["client data no JSON"] = (RefusalCode.WebAuthnMalformed, () => Changed(a => a with { ClientData = a.ClientData[1..] })),
        ["client data with a text that is no UTF-8"] = (RefusalCode.WebAuthnMalformed, () => Changed(a => a with { ClientData = [.. "{\"type\":\""u8, 0xff, .. a.ClientData[10..]] })),
        ["client data with half a surrogate pair"] = (RefusalCode.WebAuthnMalformed, () => Changed(a => a with { ClientData = [.. "{\"type\":\"\\ud800"u8, .. a.ClientData[9..]] })),
        ["client data with a byte order mark"] = (RefusalCode.WebAuthnMalformed, () => Changed(a => a with { ClientData = [0xef, 0xbb, 0xbf, .. a.ClientData] })),
        ["signature changed"] = (RefusalCode.SignatureInvalid, () => Changed(a => a with { Signature = [.. a.Signature[..^1], (byte)(a.Signature[^1] ^ 1)] })),
        ["signature with more behind it"] = (RefusalCode.SignatureInvalid, () => Changed(a => a with { Signature = [.. a.Signature, 0] })),
        ["signature as JWS has it"] = (RefusalCode.SignatureInvalid, () => Changed(a => a with { Signature = new byte[64] })),
        ["no signature"] = (RefusalCode.SignatureInvalid, () => Changed(a => a with { Signature = [] })),
        ["another credential's id"] = (RefusalCode.DeviceUnknown, () => Changed(a => a with { CredentialId = WebAuthnWorld.Authenticator("bob").CredentialId })),
        ["another authenticator under ann's credential id"] = (RefusalCode.SignatureInvalid, () => SoftwareAuthenticator.Vote(Statement, WebAuthnWorld.Authenticator("bob").Sign(Challenge) with { CredentialId = Ann.CredentialId })),
        ["a device of nobody"] = (RefusalCode.DeviceUnknown, () => Said(WebAuthnWorld.Statement("ann") with { DeviceId = "ann-other" })),
        ["another approver's device"] = (RefusalCode.DeviceUnknown, () => Said(WebAuthnWorld.Statement("ann") with { DeviceId = "bob-key" })),
        ["a device that is no authenticator"] = (RefusalCode.WebAuthnNotGoverned, () => Said(WebAuthnWorld.World.Statement("ann"))),
        ["another intent"] = (RefusalCode.IntentMismatch, () => Said(WebAuthnWorld.Statement("ann") with { IntentDigest = new string('0', 64) })),
        ["another attempt"] = (RefusalCode.AttemptMismatch, () => Said(WebAuthnWorld.Statement("ann") with { Attempt = 2 })),
        ["expired"] = (RefusalCode.StatementExpired, () => Said(WebAuthnWorld.Statement("ann") with { ExpiresAt = WebAuthnWorld.World.Now })),
        ["statement not canonical"] = (RefusalCode.BodyMalformed, () => Ann.Vote([.. Statement, (byte)' '])),
        ["vote not canonical"] = (RefusalCode.WebAuthnMalformed, () => Vote().Replace("\":", "\": ", StringComparison.Ordinal)),
        ["vote with a member more"] = (RefusalCode.WebAuthnMalformed, () => Vote().Replace("\"version\"", "\"userHandle\":\"\",\"version\"", StringComparison.Ordinal)),
        ["vote of version 2"] = (RefusalCode.WebAuthnMalformed, () => Vote().Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal)),
        ["vote that is no JSON"] = (RefusalCode.WebAuthnMalformed, () => "{"),
        ["padding"] = (RefusalCode.WebAuthnMalformed, () => Vote().Replace("\",\"clientData", "==\",\"clientData", StringComparison.Ordinal)),
    };

    public static TheoryData<string> Names => [.. Refusals.Keys];

    [Fact]
    public void Verify_AnAssertionOverThisStatement_Counts()
    {
        var reading = VoteRule.Verify(Vote(), WebAuthnWorld.World.Intent, WebAuthnWorld.Governed, StopView.Empty, WebAuthnWorld.World.Now);

        Assert.True(reading.Verdict.IsAllowed, reading.Verdict.Detail);
        Assert.Equal(("ann", 1u), (reading.Approver!.Id, reading.Assertion!.SignCount));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Verify_EachFieldTamperedWith_IsRefusedWithItsCode(string what)
    {
        var governed = Refusals[what].Code == RefusalCode.WebAuthnCounterBack ? Registered5 : WebAuthnWorld.Governed;
        var reading = VoteRule.Verify(Refusals[what].Vote(), WebAuthnWorld.World.Intent, governed, StopView.Empty, WebAuthnWorld.World.Now);

        Assert.Equal((false, Refusals[what].Code), (reading.Verdict.IsAllowed, reading.Verdict.Code));
        Assert.Null(reading.Statement);
        Assert.Null(reading.Assertion);
    }

    [Fact]
    public void Verify_ASuspendedAuthenticator_IsRefused()
    {
        var stops = StopLines.Fold([new StopFact(StopKind.DeviceSuspended, DeviceSubject.Of("ann", "ann-key"), "It lied.")]);

        Assert.Equal(RefusalCode.DeviceSuspended, VoteRule.Verify(Vote(), WebAuthnWorld.World.Intent, WebAuthnWorld.Governed, stops, WebAuthnWorld.World.Now).Verdict.Code);
    }

    [Fact]
    public void Verify_AnAuthenticatorsKeyUnderAJws_IsNoDevice()
    {
        // No authenticator can make one; whoever has the bare key must not be able to vote, call or sign anything with it.
        Assert.Null(WebAuthnWorld.Governed.Holder("credential-ann", KeyRole.ApproverDevice));
        Assert.Null(WebAuthnWorld.Governed.Keys(KeyRole.ApproverDevice)("credential-ann"));
        Assert.NotNull(WebAuthnWorld.Governed.Holder("credential-ann", KeyRole.ApproverCredential));
    }

    [Fact]
    public void Verify_AnAuthenticatorWhoseTimeIsOver_IsRefused()
    {
        var document = WebAuthnWorld.World.Governance;
        foreach (var terms in new[] { new KeyTerms(NotAfter: WebAuthnWorld.World.Now), new KeyTerms(NotBefore: WebAuthnWorld.World.Now.AddSeconds(1)) })
        {
            var device = WebAuthnWorld.Device("ann");
            device = device with { Key = device.Key with { Terms = terms } };
            var governed = (CustodyWorld.Default with
            {
                Governance = document with { Approvers = [.. document.Approvers.Select(a => a.Id == "ann" ? a with { Devices = [a.Devices[0], device] } : a)] },
            }).Governed;

            Assert.Equal(RefusalCode.KeyNotValid, VoteRule.Verify(Vote(), WebAuthnWorld.World.Intent, governed, StopView.Empty, WebAuthnWorld.World.Now).Verdict.Code);
        }
    }

    [Fact]
    public void Check_WithoutTerms_IsRefused()
    {
        var vote = WebAuthnVote.Read(Vote())!;

        Assert.Equal(RefusalCode.WebAuthnNotGoverned, AssertionRule.Check(vote, Challenge, WebAuthnWorld.Device("ann"), null).Verdict.Code);
        Assert.Equal(
            RefusalCode.WebAuthnNotGoverned, AssertionRule.Check(vote, Challenge, WebAuthnWorld.Device("ann") with { WebAuthn = null }, WebAuthnWorld.Terms).Verdict.Code);
    }

    [Fact]
    public void Find_AnAssertionAboutAnIntentThatNeverWas_IsAContradiction()
    {
        var lie = Said(WebAuthnWorld.Statement("ann") with { IntentDigest = new string('0', 64) });

        Assert.Equal(("ann", "ann-key"), ContradictionRule.Find(lie, [WebAuthnWorld.World.Intent], WebAuthnWorld.Governed, WebAuthnWorld.World.Now) is { } found ? (found.Approver.Id, found.DeviceId) : default);
        Assert.Null(ContradictionRule.Find(Vote(), [WebAuthnWorld.World.Intent], WebAuthnWorld.Governed, WebAuthnWorld.World.Now));
        Assert.Equal(new string('0', 64), SignedVote.StatementOf(lie)!.IntentDigest);
    }

    [Fact]
    public void AssertionDigest_TheSameAssertion_IsTheSameUseWhateverItsSignature()
    {
        var vote = WebAuthnVote.Read(Vote())!;

        Assert.Equal(vote.AssertionDigest(), (vote with { Signature = "AAAA" }).AssertionDigest());
        Assert.NotEqual(vote.AssertionDigest(), (vote with { AuthenticatorData = "AAAA" }).AssertionDigest());
        Assert.NotEqual(vote.AssertionDigest(), (vote with { ClientData = "AAAA" }).AssertionDigest());
    }

    private static SoftwareAuthenticator Ann => WebAuthnWorld.Authenticator("ann");

    private static byte[] Challenge => SoftwareAuthenticator.Digest(ApprovalStatement.Domain, Statement);

    private static readonly Governed Registered5 = Governed5();

    private static string Vote(AuthenticatorAnswer? answer = null) => WebAuthnWorld.Vote("ann", answer);

    private static string Said(ApprovalStatement statement) => Ann.Vote(CanonicalJson.Serialize(statement));

    private static string Changed(Func<AuthenticatorAssertion, AuthenticatorAssertion> change) => SoftwareAuthenticator.Vote(Statement, change(Ann.Sign(Challenge)));

    // Governance is another document then, and so is the intent; the counter is asked before either.
    private static string Registered5Vote(uint counter) => Vote(new() { Counter = counter });

    private static Governed Governed5()
    {
        var counted = new SoftwareAuthenticator("ann") { Counter = 5 };
        var device = WebAuthnWorld.Device("ann", counted.Register("ann", "ann-key"));
        var document = WebAuthnWorld.World.Governance;
        return (CustodyWorld.Default with
        {
            Governance = document with { Approvers = [.. document.Approvers.Select(a => a.Id == "ann" ? a with { Devices = [a.Devices[0], device] } : a)] },
        }).Governed;
    }
}
