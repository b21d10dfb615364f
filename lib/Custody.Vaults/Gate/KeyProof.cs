using Custody.Core.Results;
using Custody.Core.Vaults;

namespace Custody.Vaults.Gate;

/// <summary>What came of asking a device to prove that it holds a vault's key.</summary>
/// <param name="Verdict">Allowed: it does, and may sign. Otherwise why not.</param>
/// <param name="At">When it was asked.</param>
/// <param name="Facts">What the device says of the key; null where it says nothing.</param>
/// <param name="Challenge">The digest that was to be signed; null where none was.</param>
/// <param name="Signature">r‖s, low-S; null where there is none that verifies.</param>
public sealed record KeyProof(Verdict Verdict, DateTimeOffset At, VaultKeyFacts? Facts = null, byte[]? Challenge = null, byte[]? Signature = null);
