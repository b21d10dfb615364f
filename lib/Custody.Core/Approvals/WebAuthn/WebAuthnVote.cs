using System.Text.Json;
using Custody.Core.Encoding;

namespace Custody.Core.Approvals.WebAuthn;

/// <summary>A vote signed by a WebAuthn credential: the same statement, with an assertion whose challenge is the statement's digest. All base64url.</summary>
/// <param name="Version">Always 1.</param>
/// <param name="Statement">The canonical <see cref="ApprovalStatement"/>.</param>
/// <param name="CredentialId">The credential.</param>
/// <param name="AuthenticatorData">The authenticator's data.</param>
/// <param name="ClientData">clientDataJSON, byte for byte.</param>
/// <param name="Signature">The signature over both, DER.</param>
public sealed record WebAuthnVote(int Version, string Statement, string CredentialId, string AuthenticatorData, string ClientData, string Signature)
{
    /// <summary>The domain of an assertion's digest.</summary>
    public const string Domain = "custody/webauthn-assertion/v1";

    /// <summary>True for what is posted in this form; every other form is a compact JWS, which never begins so.</summary>
    public static bool IsOne(string posted) => posted.StartsWith('{');

    /// <summary>Reads the canonical JSON; null when it is not.</summary>
    public static WebAuthnVote? Read(string posted)
    {
        try
        {
            return CanonicalJson.Deserialize<WebAuthnVote>(System.Text.Encoding.UTF8.GetBytes(posted));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Digest of what the authenticator signed, hex: the same assertion again is the same use of its counter.</summary>
    public string AssertionDigest() => DomainDigest.Hex(Domain, System.Text.Encoding.UTF8.GetBytes($"{CredentialId}.{AuthenticatorData}.{ClientData}"));
}
