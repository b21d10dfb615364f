using System.Numerics;

namespace Custody.Comparison.Evm;

/// <summary>
/// What the decoder accepts: a transfer of native coin, or one call of an ERC-20 token's <c>transfer</c>. Access lists and any
/// other calldata are not members because bytes that have them do not decode.
/// </summary>
/// <param name="ChainId">EIP-155 chain id.</param>
/// <param name="Nonce">The sender's nonce.</param>
/// <param name="MaxPriorityFeePerGas">Wei per gas; of a legacy transaction its gas price.</param>
/// <param name="MaxFeePerGas">Wei per gas; of a legacy transaction its gas price.</param>
/// <param name="GasLimit">Gas: 21000 for native coin, more for a token.</param>
/// <param name="To">Who is paid, in EIP-55 form: for a token the address in the calldata.</param>
/// <param name="Value">How much: wei, or the token's base units.</param>
/// <param name="Form">The transaction's form.</param>
/// <param name="Token">The token's contract in EIP-55 form; null for native coin.</param>
public sealed record DecodedTransfer(
    ulong ChainId,
    ulong Nonce,
    BigInteger MaxPriorityFeePerGas,
    BigInteger MaxFeePerGas,
    ulong GasLimit,
    string To,
    BigInteger Value,
    EvmForm Form = EvmForm.Eip1559,
    string? Token = null)
{
    /// <summary>The most it can pay in fees, in wei.</summary>
    public BigInteger MaxTotalFee => MaxFeePerGas * GasLimit;
}
