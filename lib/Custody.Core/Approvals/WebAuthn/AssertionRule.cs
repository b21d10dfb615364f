using System.Security.Cryptography;
using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Approvals.WebAuthn;

/// <summary>
/// Rule: a registered credential signed exactly this challenge, for a governed page, with its owner verified (WebAuthn Level 3
/// §7.2), and its counter is past the one that it was registered with. Whether it grew since is <see cref="CounterRule"/>'s with
/// the counter that was last seen.
/// </summary>
public static class AssertionRule
{
    /// <summary>Checks an assertion of a device; the use of its counter only when the verdict allows.</summary>
    public static (Verdict Verdict, AssertionUse? Use) Check(WebAuthnVote vote, ReadOnlySpan<byte> challenge, Device device, WebAuthnTerms? terms)
    {
        if (terms is null || device.WebAuthn is not { } credential)
        {
            return (Verdict.Refused(RefusalCode.WebAuthnNotGoverned, "Governance has no terms for WebAuthn, or does not register the device as an authenticator."), null);
        }

        if (!StrictBase64Url.TryDecode(vote.AuthenticatorData, out var dataBytes) || AuthenticatorData.Read(dataBytes) is not { Credential: null } data
            || !StrictBase64Url.TryDecode(vote.ClientData, out var clientBytes) || ClientData.Read(clientBytes) is not { } client
            || !StrictBase64Url.TryDecode(vote.Signature, out var signature))
        {
            return (Verdict.Refused(RefusalCode.WebAuthnMalformed, "The assertion is not authenticator data, client data and signature, each base64url."), null);
        }

        if (credential.Registered() is not { } registered)
        {
            return (Verdict.Refused(RefusalCode.WebAuthnAttestationInvalid, "The device's registration does not read."), null);
        }

        var verdict = vote.CredentialId != credential.CredentialId
            ? Verdict.Refused(RefusalCode.DeviceUnknown, "The credential is not the device's.")
            : ClientDataRule.Check(client, ClientDataRule.Get, challenge, terms);
        verdict = verdict.IsAllowed ? AuthenticatorDataRule.Check(data, terms) : verdict;
        verdict = verdict.IsAllowed && !Es256Der.Verify(device.Key.PublicKeyBytes(), [.. dataBytes, .. SHA256.HashData(clientBytes)], signature)
            ? Verdict.Refused(RefusalCode.SignatureInvalid, "The assertion does not verify under the device's key.")
            : verdict;
        verdict = verdict.IsAllowed ? CounterRule.Check(registered.SignCount, data.SignCount) : verdict;
        return (verdict, verdict.IsAllowed ? new AssertionUse(vote.CredentialId, data.SignCount, vote.AssertionDigest()) : null);
    }
}
