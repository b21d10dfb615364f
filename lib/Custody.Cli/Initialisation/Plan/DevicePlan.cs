using Custody.Core.Governance;

namespace Custody.Cli.Initialisation.Plan;

/// <summary>An approver's device.</summary>
/// <param name="Id">The device's id.</param>
/// <param name="Key">The key; absent: generated in a token of its own.</param>
/// <param name="Duress">True for the key that its owner uses when forced; only the openings' file tells afterwards.</param>
/// <param name="WebAuthn">The registration of a WebAuthn credential, as <c>custody device register</c> prints it; it has no other key.</param>
/// <param name="Evidence">What shows that the key was made inside the device; without it nothing that the device signs counts, but for a WebAuthn credential.</param>
public sealed record DevicePlan(string Id, KeyPlan? Key = null, bool Duress = false, WebAuthnCredential? WebAuthn = null, ExpiringReference? Evidence = null);
