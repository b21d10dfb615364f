using Custody.Core.Approvals;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Signatures;
using Custody.Testing;
using Custody.Testing.World;

namespace Custody.Core.Tests.Approvals.WebAuthn;

/// <summary>The world in which ann, bob and cat have an authenticator besides their device, and every rule accepts it.</summary>
internal static class WebAuthnWorld
{
    public static readonly WebAuthnTerms Terms = new(
        SoftwareAuthenticator.RelyingParty, [SoftwareAuthenticator.Origin], [new AuthenticatorModel(SoftwareAuthenticator.Model, [SoftwareAuthenticator.Root])]);

    public static readonly CustodyWorld World = CustodyWorld.Default with { Governance = Document(Terms, allow: true) };

    public static readonly Governed Governed = World.Governed;

    public static SoftwareAuthenticator Authenticator(string approver) => new(approver);

    public static GovernanceDocument Document(WebAuthnTerms? terms, bool? allow) => SampleGovernance.Document with
    {
        WebAuthn = terms,
        Rules = [.. SampleGovernance.Document.Rules.Select(r => r with { Approvals = r.Approvals with { WebAuthn = allow } })],
        Approvers = [.. SampleGovernance.Document.Approvers.Select(a => a with { Devices = [.. a.Devices, Device(a.Id)] })],
    };

    public static Device Device(string approver, AuthenticatorRegistration? registration = null)
    {
        var authenticator = Authenticator(approver);
        return new Device(
            $"{approver}-key", RegisteredKey.From($"credential-{approver}", SignatureAlgorithm.Es256, authenticator.Point),
            WebAuthn: Evidence(registration ?? authenticator.Register(approver, $"{approver}-key")));
    }

    public static WebAuthnCredential Evidence(AuthenticatorRegistration registration) => new(
        StrictBase64Url.Encode(registration.CredentialId), StrictBase64Url.Encode(registration.ClientData), StrictBase64Url.Encode(registration.AttestationObject));

    public static ApprovalStatement Statement(string approver, ApprovalDecision decision = ApprovalDecision.Approve) =>
        World.Statement(approver, decision) with { DeviceId = $"{approver}-key" };

    public static string Vote(string approver, AuthenticatorAnswer? answer = null, ApprovalDecision decision = ApprovalDecision.Approve) =>
        Authenticator(approver).Vote(CanonicalJson.Serialize(Statement(approver, decision)), answer);
}
