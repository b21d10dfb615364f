using Custody.Core.Governance;

namespace Custody.Core.Keys;

/// <summary>A key as the registry knows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Owner">The vault, or whose it is.</param>
/// <param name="Purposes">What it signs.</param>
/// <param name="ChainFamily">The CAIP-2 namespace of the chain that it pays on, such as <c>eip155</c>; null for a key that signs documents.</param>
/// <param name="PublicKey">base64url.</param>
/// <param name="Address">Derived from the public key here and now, and read from nowhere; null where it has none.</param>
/// <param name="Tier">The vault's tier; null for a key that signs documents.</param>
/// <param name="Place">What it lies in.</param>
public sealed record GovernedKey(
    string Id, string Owner, IReadOnlyList<KeyPurpose> Purposes, string? ChainFamily, string PublicKey, string? Address, VaultTier? Tier, KeyPlace Place);
