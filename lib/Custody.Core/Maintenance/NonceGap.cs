namespace Custody.Core.Maintenance;

/// <summary>A nonce that nothing signed takes, below one that something signed does.</summary>
/// <param name="Nonce">The nonce.</param>
/// <param name="Since">Since when something signed waits above it.</param>
public readonly record struct NonceGap(ulong Nonce, DateTimeOffset Since);
