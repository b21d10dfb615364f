using Custody.Core.Assets;

namespace Custody.Core.Transactions;

/// <summary>Puts a signature to unsigned bytes.</summary>
public interface ITransactionAssembler
{
    /// <summary>The signed bytes and their id. <paramref name="signature"/> is r‖s, low-S; <paramref name="yParity"/> is 0 or 1.</summary>
    AssembledTransaction Assemble(ChainId chain, ReadOnlyMemory<byte> unsigned, ReadOnlyMemory<byte> signature, int yParity);
}

/// <summary>A signed transaction and its id on the chain.</summary>
/// <param name="Bytes">The signed bytes.</param>
/// <param name="TransactionId">The id, <c>0x</c> and 64 lower-case hex digits on EVM chains.</param>
public sealed record AssembledTransaction(ReadOnlyMemory<byte> Bytes, string TransactionId);
