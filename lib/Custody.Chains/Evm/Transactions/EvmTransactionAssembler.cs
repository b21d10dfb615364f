using Custody.Core.Assets;
using Custody.Core.Transactions;

namespace Custody.Chains.Evm;

/// <summary>Assembles signed EVM transactions for the signing gate. Any other chain is a bug of the caller.</summary>
public sealed class EvmTransactionAssembler : ITransactionAssembler
{
    private const int ScalarLength = 32;

    /// <inheritdoc />
    public AssembledTransaction Assemble(ChainId chain, ReadOnlyMemory<byte> unsigned, ReadOnlyMemory<byte> signature, int yParity)
    {
        if (!chain.IsEvm)
        {
            throw new ArgumentException($"{chain} is not an eip155 chain.", nameof(chain));
        }

        ArgumentOutOfRangeException.ThrowIfNotEqual(signature.Length, 2 * ScalarLength);
        var scalars = signature.Span;
        var signed = SignedTransaction.Assemble(unsigned.Span, scalars[..ScalarLength], scalars[ScalarLength..], yParity);
        return new AssembledTransaction(signed.Bytes, signed.TxId);
    }
}
