namespace Custody.Core.Governance;

/// <summary>Whose pages and which authenticators count. Absent from governance: no WebAuthn credential does.</summary>
/// <param name="RelyingPartyId">The relying party's id, a domain.</param>
/// <param name="Origins">The pages' origins, such as <c>https://approve.exchange.example</c>.</param>
/// <param name="Models">The authenticators' models.</param>
/// <param name="BackupEligible">True where credentials that can leave their authenticator count; absent: not.</param>
public sealed record WebAuthnTerms(
    string RelyingPartyId, IReadOnlyList<string> Origins, IReadOnlyList<AuthenticatorModel> Models, bool? BackupEligible = null);
