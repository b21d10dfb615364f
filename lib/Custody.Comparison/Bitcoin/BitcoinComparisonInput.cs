using Custody.Core.Assets;
using Custody.Core.Intents;

namespace Custody.Comparison.Bitcoin;

/// <summary>What the compare stage is given. Each part is read and verified by its caller; none comes from the builder or a PSBT.</summary>
/// <param name="Intent">The approved intent that is to be certified.</param>
/// <param name="Others">The approved intents of the other withdrawals in the same transaction; empty for one that pays alone.</param>
/// <param name="Chain">The chain that it is sent to.</param>
/// <param name="Unsigned">The bytes that the gate signed, from its own record.</param>
/// <param name="Signed">The bytes about to be sent.</param>
/// <param name="Key">The vault's governed public key.</param>
/// <param name="Coins">The outpoints that the gate took.</param>
/// <param name="Sequence">The sequence of every input.</param>
/// <param name="LockTime">The lock time.</param>
public sealed record BitcoinComparisonInput(
    WithdrawalIntent Intent,
    IReadOnlyList<WithdrawalIntent> Others,
    ChainId Chain,
    ReadOnlyMemory<byte> Unsigned,
    ReadOnlyMemory<byte> Signed,
    RegisteredKey Key,
    IReadOnlyList<ReservedCoin> Coins,
    uint Sequence,
    uint LockTime)
{
    /// <summary>Every intent that the transaction pays.</summary>
    public IReadOnlyList<WithdrawalIntent> Intents => [Intent, .. Others];
}
