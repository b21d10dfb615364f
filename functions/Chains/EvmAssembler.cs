using Custody.Chains.Evm;
using Custody.Core.Assets;
using Custody.Core.Transactions;

namespace Custody.Functions.Chains;

/// <summary>Puts signatures to EVM transactions for the gate.</summary>
public sealed class EvmAssembler : ITransactionAssembler
{
    /// <inheritdoc />
    public AssembledTransaction Assemble(ChainId chain, ReadOnlyMemory<byte> unsigned, ReadOnlyMemory<byte> signature, int yParity)
    {
        var signed = SignedTransaction.Assemble(unsigned.Span, signature.Span[..32], signature.Span[32..], yParity);
        return new AssembledTransaction(signed.Bytes, signed.TxId);
    }
}
