using Custody.Core.Governance;

namespace Custody.Cli.Initialisation.Plan;

/// <summary>An approver's device.</summary>
/// <param name="Id">The device's id.</param>
/// <param name="Key">The key; absent: generated in a token of its own.</param>
/// <param name="Duress">True for the key that its owner uses when forced; only the openings' file tells afterwards.</param>
/// <param name="WebAuthn">The registration of a WebAuthn credential, as <c>custody device register</c> prints it; it has no other key.</param>
public sealed record DevicePlan(string Id, KeyPlan? Key = null, bool Duress = false, WebAuthnCredential? WebAuthn = null);
