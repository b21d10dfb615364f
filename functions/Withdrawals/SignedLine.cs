using System.Globalization;
using System.Numerics;
using Custody.Comparison.Evm;
using Custody.Core.Journals;

namespace Custody.Functions.Withdrawals;

/// <summary>What an earlier attempt took and offered, so that a later one can replace it.</summary>
/// <param name="Nonce">The nonce of its slot.</param>
/// <param name="MaxFee">Its <c>maxFeePerGas</c>; zero when its bytes are not at hand.</param>
/// <param name="MaxPriorityFee">Its <c>maxPriorityFeePerGas</c>; zero when its bytes are not at hand.</param>
public sealed record SignedLine(ulong Nonce, BigInteger MaxFee, BigInteger MaxPriorityFee)
{
    /// <summary>From the journal's line and the attempt's unsigned bytes.</summary>
    public static SignedLine Of(SigningEntry entry, ReadOnlyMemory<byte>? unsigned)
    {
        var nonce = ulong.Parse(entry.Slots[0].Split('/')[^1], CultureInfo.InvariantCulture);
        return unsigned is { } bytes && EvmTransactionDecoder.DecodeUnsigned(bytes.Span) is EvmDecoding.Unsigned { Transfer: var transfer }
            ? new SignedLine(nonce, transfer.MaxFeePerGas, transfer.MaxPriorityFeePerGas)
            : new SignedLine(nonce, 0, 0);
    }
}
