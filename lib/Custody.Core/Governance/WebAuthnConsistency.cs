using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Custody.Core.Approvals.WebAuthn;
using Custody.Core.Signatures;

namespace Custody.Core.Governance;

/// <summary>What must hold of WebAuthn in a governance document; every registration is verified again wherever governance is.</summary>
internal static class WebAuthnConsistency
{
    /// <summary>The first problem as a sentence; null when there is none.</summary>
    public static string? Problem(GovernanceDocument document)
    {
        var devices = document.Approvers.SelectMany(a => a.Devices.Where(d => d.WebAuthn is not null).Select(d => (Approver: a.Id, Device: d))).ToList();
        var allowing = document.Rules.FirstOrDefault(r => r.Approvals.WebAuthn == true);
        return document.WebAuthn is not { } terms
                ? devices.Count > 0 ? $"The device '{devices[0].Device.Id}' is a WebAuthn credential, and there are no terms for WebAuthn."
                : allowing is not null ? $"The rule '{allowing.Id}' accepts WebAuthn, and there are no terms for it." : null
            : !IsDomain(terms.RelyingPartyId) || terms.Origins.Count == 0 || terms.Origins.Any(o => !IsOrigin(o, terms.RelyingPartyId))
                ? "WebAuthn needs a domain as its relying party, and origins of it: https and that domain or one below it, without a path."
            : terms.Models.FirstOrDefault(m => !IsModel(m)) is { } model ? $"The authenticator model '{model.Aaguid}' needs the lower-case text of a GUID other than zero, and roots that are certificates."
            : terms.Models.GroupBy(m => m.Aaguid, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice ? $"The authenticator model '{twice.Key}' is registered twice."
            : devices.GroupBy(d => d.Device.WebAuthn!.CredentialId, StringComparer.Ordinal).Any(g => g.Count() > 1) ? "A WebAuthn credential is registered twice."
            : devices.Select(d => (d.Device.Id, Verdict: RegistrationRule.Check(d.Approver, d.Device, terms))).FirstOrDefault(d => !d.Verdict.IsAllowed) is { Id: { } id } bad
                ? $"The registration of the device '{id}' does not verify: {bad.Verdict.Detail}"
            : null;
    }

    private static bool IsDomain(string text) => Uri.CheckHostName(text) == UriHostNameType.Dns && text == text.ToLowerInvariant();

    // A browser names the origin in exactly one form (RFC 6454 §6.2), and asks for the relying party only from its own pages.
    private static bool IsOrigin(string text, string relyingParty) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.GetLeftPart(UriPartial.Authority) == text
        && (uri.Host == relyingParty || uri.Host.EndsWith("." + relyingParty, StringComparison.Ordinal));

    private static bool IsModel(AuthenticatorModel model) =>
        Guid.TryParseExact(model.Aaguid, "D", out var aaguid) && aaguid != Guid.Empty && aaguid.ToString("D") == model.Aaguid && (model.Roots ?? []).All(IsCertificate);

    private static bool IsCertificate(string text)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(StrictBase64Url.TryDecode(text, out var der) ? der : []);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
