using Custody.Core.Approvals.WebAuthn;
using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Testing;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Approvals.WebAuthn;

public sealed class RegistrationRuleTests
{
    private static readonly WebAuthnTerms Rooted = WebAuthnWorld.Terms;
    private static readonly WebAuthnTerms Rootless = Rooted with { Models = [new AuthenticatorModel(SoftwareAuthenticator.Model)] };

    private static readonly Dictionary<string, (RefusalCode Code, Func<AuthenticatorRegistration> Made, WebAuthnTerms Terms)> Refusals = new(StringComparer.Ordinal)
    {
        ["no attestation"] = (RefusalCode.WebAuthnAttestationMissing, () => Register(AuthenticatorForm.None), Rootless),
        ["another format's name"] = (RefusalCode.WebAuthnAttestationMissing, () => Register(AuthenticatorForm.Self, new() { Format = "fido-u2f" }), Rootless),
        ["none under the name packed"] = (RefusalCode.WebAuthnAttestationMissing, () => Register(AuthenticatorForm.None, new() { Format = "packed" }), Rootless),
        ["a model that is not governed"] = (RefusalCode.WebAuthnModelForbidden, () => Register(AuthenticatorForm.Self, new() { Model = "11111111-2222-3333-4444-555555555555" }), Rootless),
        ["no model at all"] = (RefusalCode.WebAuthnModelForbidden, () => Register(AuthenticatorForm.Self, new() { Model = Guid.Empty.ToString() }), Rootless),
        ["attests itself where roots are governed"] = (RefusalCode.WebAuthnAttestationInvalid, () => Register(AuthenticatorForm.Self), Rooted),
        ["a certificate of another maker"] = (RefusalCode.WebAuthnAttestationInvalid, () => Register(AuthenticatorForm.OtherMaker), Rooted),
        ["a certificate for another model"] = (RefusalCode.WebAuthnAttestationInvalid, () => Register(AuthenticatorForm.OtherMaker, new() { Maker = new(Model: "11111111-2222-3333-4444-555555555555") }), Rootless),
        ["a certificate of another kind"] = (RefusalCode.WebAuthnAttestationInvalid, () => Register(AuthenticatorForm.OtherMaker, new() { Maker = new(Unit: "Web Server") }), Rootless),
        ["a certificate that may issue others"] = (RefusalCode.WebAuthnAttestationInvalid, () => Register(AuthenticatorForm.OtherMaker, new() { Maker = new(IsAuthority: true) }), Rootless),
        ["self attestation over other client data"] = (RefusalCode.WebAuthnAttestationInvalid, () => Register(AuthenticatorForm.Self) is var r ? r with { ClientData = [.. r.ClientData, (byte)' '] } : null!, Rootless),
        ["certificate over other client data"] = (RefusalCode.WebAuthnAttestationInvalid, () => Register() is var r ? r with { ClientData = [.. r.ClientData, (byte)' '] } : null!, Rooted),
        ["another approver's device"] = (RefusalCode.WebAuthnChallengeMismatch, () => Ann.Register("bob", "ann-key"), Rooted),
        ["another device"] = (RefusalCode.WebAuthnChallengeMismatch, () => Ann.Register("ann", "ann-other"), Rooted),
        ["an assertion's type"] = (RefusalCode.WebAuthnTypeWrong, () => Register(answer: new() { Type = "webauthn.get" }), Rooted),
        ["another origin"] = (RefusalCode.WebAuthnOriginForbidden, () => Register(answer: new() { Origin = "https://evil.example" }), Rooted),
        ["inside another page"] = (RefusalCode.WebAuthnCrossOrigin, () => Register(answer: new() { CrossOrigin = ",\"crossOrigin\":true" }), Rooted),
        ["another relying party"] = (RefusalCode.WebAuthnRelyingPartyMismatch, () => Register(answer: new() { RelyingParty = "evil.example" }), Rooted),
        ["nobody there"] = (RefusalCode.WebAuthnUserAbsent, () => Register(answer: new() { WithoutFlags = 0x01 }), Rooted),
        ["owner not verified"] = (RefusalCode.WebAuthnUserUnverified, () => Register(answer: new() { WithoutFlags = 0x04 }), Rooted),
        ["can leave its authenticator"] = (RefusalCode.WebAuthnBackupEligible, () => Register(answer: new() { WithFlags = 0x08 }), Rooted),
        ["another algorithm"] = (RefusalCode.WebAuthnMalformed, () => Register(answer: new() { Key = SoftwareAuthenticator.CoseKey(Ann.Point, algorithm: -35) }), Rooted),
        ["more behind the key"] = (RefusalCode.WebAuthnMalformed, () => Register(answer: new() { Key = [.. SoftwareAuthenticator.CoseKey(Ann.Point), 0xa0] }), Rooted),
        ["a key cut short"] = (RefusalCode.WebAuthnMalformed, () => Register(answer: new() { Key = SoftwareAuthenticator.CoseKey(Ann.Point)[..^1] }), Rooted),
        ["a key that is not canonical"] = (RefusalCode.WebAuthnMalformed, () => Register(answer: new() { Key = [0xb8, 5, .. SoftwareAuthenticator.CoseKey(Ann.Point)[1..]] }), Rooted),
        ["no credential in it"] = (RefusalCode.WebAuthnMalformed, () => Register(answer: new() { WithoutFlags = 0x40 }), Rooted),
        ["another credential's id"] = (RefusalCode.WebAuthnMalformed, () => Register() with { CredentialId = WebAuthnWorld.Authenticator("bob").CredentialId }, Rooted),
        ["more behind the object"] = (RefusalCode.WebAuthnMalformed, () => Register() is var r ? r with { AttestationObject = [.. r.AttestationObject, 0] } : null!, Rooted),
        ["an object cut short"] = (RefusalCode.WebAuthnMalformed, () => Register() is var r ? r with { AttestationObject = r.AttestationObject[..^1] } : null!, Rooted),
        ["an empty object"] = (RefusalCode.WebAuthnMalformed, () => Register() with { AttestationObject = [] }, Rooted),
        ["another key attested"] = (RefusalCode.WebAuthnKeyMismatch, () => Register(answer: new() { Key = SoftwareAuthenticator.CoseKey(WebAuthnWorld.Authenticator("bob").Point) }), Rooted),
    };

    public static TheoryData<string> Names => [.. Refusals.Keys];

    [Fact]
    public void Check_ACertificateBelowTheGovernedRoot_IsAllowed() => Allowed(Register(), Rooted);

    [Fact]
    public void Check_WithoutGovernedRoots_SelfAttestationAndAnyCertificateAreAllowed()
    {
        Allowed(Register(AuthenticatorForm.Self), Rootless);
        Allowed(Register(AuthenticatorForm.OtherMaker), Rootless);
        Allowed(Register(answer: new() { WithFlags = 0x18 }), Rootless with { BackupEligible = true });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Check_AnythingElse_IsRefusedWithItsCode(string what)
    {
        var (code, made, terms) = Refusals[what];
        var verdict = RegistrationRule.Check("ann", WebAuthnWorld.Device("ann", made()), terms);

        Assert.Equal((false, code), (verdict.IsAllowed, verdict.Code));
    }

    // Whatever a single byte of the evidence becomes, it is either refused, or nothing that is read of it changed.
    [Fact]
    public void Check_AnyByteOfTheAttestationChanged_IsRefused()
    {
        var registration = Register();
        for (var i = 0; i < registration.AttestationObject.Length; i++)
        {
            var changed = registration.AttestationObject.ToArray();
            changed[i] ^= 1;
            Assert.False(RegistrationRule.Check("ann", WebAuthnWorld.Device("ann", registration with { AttestationObject = changed }), Rooted).IsAllowed, $"byte {i}");
        }
    }

    private static readonly Dictionary<string, Func<GovernanceDocument, GovernanceDocument>> Inconsistent = new(StringComparer.Ordinal)
    {
        ["devices without terms"] = d => d with { WebAuthn = null },
        ["a rule without terms"] = d => SampleGovernance.Document with { Rules = d.Rules },
        ["a device that is not attested"] = d => With(d, WebAuthnWorld.Device("ann", Register(AuthenticatorForm.None))),
        ["an attestation of another device"] = d => With(d, WebAuthnWorld.Device("ann") with { Id = "ann-other" }),
        ["another key than the attested one"] = d => With(d, WebAuthnWorld.Device("ann") with { Key = RegisteredKey.From("credential-ann", SignatureAlgorithm.Es256, WebAuthnWorld.Authenticator("x").Point) }),
        ["no origin"] = d => d with { WebAuthn = Rooted with { Origins = [] } },
        ["an origin over http"] = d => d with { WebAuthn = Rooted with { Origins = ["http://approve.exchange.example"] } },
        ["an origin of somebody else"] = d => d with { WebAuthn = Rooted with { Origins = ["https://evil-exchange.example"] } },
        ["an origin with a path"] = d => d with { WebAuthn = Rooted with { Origins = [SoftwareAuthenticator.Origin, SoftwareAuthenticator.Origin + "/"] } },
        ["a relying party that is no domain"] = d => d with { WebAuthn = Rooted with { RelyingPartyId = "https://exchange.example" } },
        ["the model zero"] = d => d with { WebAuthn = Rooted with { Models = [.. Rooted.Models, new AuthenticatorModel(Guid.Empty.ToString())] } },
        ["a model in capitals"] = d => d with { WebAuthn = Rooted with { Models = [.. Rooted.Models, new AuthenticatorModel("5C2F3A4E-0B1D-4C6E-8F90-A1B2C3D4E5F7")] } },
        ["a root that is no certificate"] = d => d with { WebAuthn = Rooted with { Models = [.. Rooted.Models, new AuthenticatorModel("5c2f3a4e-0b1d-4c6e-8f90-a1b2c3d4e5f7", ["AAAA"])] } },
        ["a model twice"] = d => d with { WebAuthn = Rooted with { Models = [.. Rooted.Models, .. Rooted.Models] } },
    };

    public static TheoryData<string> InconsistentNames => [.. Inconsistent.Keys];

    [Theory]
    [MemberData(nameof(InconsistentNames))]
    public void Verify_GovernanceWhoseWebAuthnDoesNotHold_IsRefused(string what)
    {
        var document = Inconsistent[what](WebAuthnWorld.World.Governance);
        var reading = GovernanceVerifier.Verify((CustodyWorld.Default with { Governance = document }).GovernanceDocument, document.Governors.TrustRoot(), CustodyWorld.Start);

        Assert.Equal(RefusalCode.GovernanceInvalid, Assert.IsType<GovernanceReading.Refused>(reading).Code);
    }

    [Fact]
    public void Verify_ACredentialForTwoDevices_IsRefused()
    {
        var document = WebAuthnWorld.World.Governance;
        var twice = With(document, WebAuthnWorld.Device("ann"), WebAuthnWorld.Device("ann") with { Id = "ann-other", Key = RegisteredKey.From("credential-x", SignatureAlgorithm.Es256, WebAuthnWorld.Authenticator("x").Point) });

        Assert.NotNull(GovernanceConsistency.Problem(twice, GovernanceKeys.Of(twice)));
        Assert.Null(GovernanceConsistency.Problem(document, GovernanceKeys.Of(document)));
    }

    private static SoftwareAuthenticator Ann => WebAuthnWorld.Authenticator("ann");

    private static AuthenticatorRegistration Register(AuthenticatorForm form = AuthenticatorForm.Certificate, AuthenticatorAnswer? answer = null) => Ann.Register("ann", "ann-key", form, answer);

    private static GovernanceDocument With(GovernanceDocument document, params Device[] devices) =>
        document with { Approvers = [.. document.Approvers.Select(a => a.Id == "ann" ? a with { Devices = [a.Devices[0], .. devices] } : a)] };

    private static void Allowed(AuthenticatorRegistration registration, WebAuthnTerms terms)
    {
        var verdict = RegistrationRule.Check("ann", WebAuthnWorld.Device("ann", registration), terms);
        Assert.True(verdict.IsAllowed, verdict.Detail);
    }
}
