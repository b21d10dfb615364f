namespace Custody.Core.Keys;

/// <summary>What a key lies in, by the settings or by the form of its id.</summary>
/// <param name="Provider"><c>pkcs11</c>, <c>managed-hsm</c>, or <c>webauthn</c>; null where nobody here knows, as of people's devices.</param>
/// <param name="PinnedVersion">The version that its id pins; null where the provider has no versions.</param>
public readonly record struct KeyPlace(string? Provider, string? PinnedVersion);
