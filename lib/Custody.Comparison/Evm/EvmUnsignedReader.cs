using Custody.Core.Assets;
using Custody.Core.Transactions;

namespace Custody.Comparison.Evm;

/// <summary>Reads unsigned EVM bytes for the signing gate.</summary>
/// <param name="nativeAssets">The registered native asset of each chain; a chain that is not in it does not decode.</param>
/// <param name="tokenGas">The registered tokens, each with the most gas that its transfer may use; without them no token decodes.</param>
public sealed class EvmUnsignedReader(
    IReadOnlyDictionary<ChainId, AssetId> nativeAssets, IReadOnlyDictionary<AssetId, ulong>? tokenGas = null) : IUnsignedTransactionReader
{
    /// <inheritdoc />
    public UnsignedReading Read(ChainId chain, ReadOnlyMemory<byte> unsigned) => EvmTransactionDecoder.DecodeUnsigned(unsigned.Span) switch
    {
        EvmDecoding.Unsigned decoded => EvmFacts.Of(decoded.Transfer, nativeAssets, tokenGas) switch
        {
            { Facts: { } facts } when facts.Chain == chain => new UnsignedReading.Decoded(facts, decoded.Sighash),
            { Facts: { } facts } => new UnsignedReading.Malformed($"The bytes are bound to {facts.Chain} and not to {chain}."),
            { Problem: var problem } => new UnsignedReading.Malformed(problem),
        },
        EvmDecoding.Malformed malformed => new UnsignedReading.Malformed(malformed.Reason),
        _ => new UnsignedReading.Malformed("The bytes are not an unsigned transaction."),
    };
}
