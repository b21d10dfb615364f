using System.Globalization;
using System.Numerics;
using Custody.Comparison.Evm;
using Custody.Core.Journals;
using Custody.Core.Withdrawals;

namespace Custody.Functions.Withdrawals;

/// <summary>What an earlier signature took and offered, so that a later one can replace it.</summary>
/// <param name="Nonce">The nonce of its slot.</param>
/// <param name="MaxFee">Its <c>maxFeePerGas</c>; zero when its bytes are not at hand.</param>
/// <param name="MaxPriorityFee">Its <c>maxPriorityFeePerGas</c>; zero when its bytes are not at hand.</param>
public sealed record SignedLine(ulong Nonce, BigInteger MaxFee, BigInteger MaxPriorityFee)
{
    /// <summary>From the journal's line and those of the attempt's unsigned bytes that hash to what the line names.</summary>
    public static SignedLine Of(SigningEntry entry, WithdrawalCase file)
    {
        var nonce = ulong.Parse(entry.Slots[0].Split('/')[^1], CultureInfo.InvariantCulture);
        return file.Unsigned(entry.Attempt)
            .Select(document => EvmTransactionDecoder.DecodeUnsigned(document.Content.Span))
            .OfType<EvmDecoding.Unsigned>()
            .FirstOrDefault(decoded => Convert.ToHexStringLower(decoded.Sighash) == entry.Sighash) is { Transfer: var transfer }
            ? new SignedLine(nonce, transfer.MaxFeePerGas, transfer.MaxPriorityFeePerGas)
            : new SignedLine(nonce, 0, 0);
    }
}
