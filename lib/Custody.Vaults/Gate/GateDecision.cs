using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Results;

namespace Custody.Vaults.Gate;

/// <summary>What the gate's rules say: what is to be signed only when the verdict allows.</summary>
/// <param name="Verdict">Whether the vault may be asked.</param>
/// <param name="Order">What to ask it for, when it may.</param>
/// <param name="NotBefore">Set when the only obstacle is a cooling-off that still runs.</param>
/// <param name="Duress">The device of somebody who approved under duress; told to the SOC alone.</param>
public readonly record struct GateDecision(Verdict Verdict, SigningOrder? Order, DateTimeOffset? NotBefore = null, string? Duress = null)
{
    /// <summary>A refusal.</summary>
    public static GateDecision Refused(RefusalCode code, string detail) => new(Verdict.Refused(code, detail), null);
}

/// <summary>What is to be signed, verified.</summary>
/// <param name="Intent">The approved intent.</param>
/// <param name="Vault">The vault that pays.</param>
/// <param name="Unsigned">The unsigned bytes.</param>
/// <param name="Sighash">The digest computed from them.</param>
/// <param name="Slots">The sign-once slots they take.</param>
/// <param name="IsAutomatic">Whether the rule alone approved it; then its own lower window holds too.</param>
/// <param name="Replaces">The digests, hex, of the attempt's earlier transactions that it outbids as governance allows.</param>
public sealed record SigningOrder(
    WithdrawalIntent Intent, VaultRegistration Vault, ReadOnlyMemory<byte> Unsigned, byte[] Sighash, IReadOnlyList<string> Slots, bool IsAutomatic = false, IReadOnlySet<string>? Replaces = null)
{
    /// <summary>The digest as lower-case hex.</summary>
    public string SighashHex => Convert.ToHexStringLower(Sighash);
}
