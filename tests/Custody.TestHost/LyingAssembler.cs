using Custody.Core.Assets;
using Custody.Core.Transactions;

namespace Custody.TestHost;

/// <summary>An assembler in front of the real one that behaves as the controls say.</summary>
public sealed class LyingAssembler(ITransactionAssembler real, Doubles doubles) : ITransactionAssembler
{
    // Type, list header of one length byte and more, chain id, nonce and fees come before it; its own header is 0x94.
    private const byte AddressHeader = 0x94;

    public AssembledTransaction Assemble(ChainId chain, ReadOnlyMemory<byte> unsigned, ReadOnlyMemory<byte> signature, int yParity) =>
        real.Assemble(chain, doubles.Now.Assembler switch
        {
            "honest" => unsigned,
            "otherRecipient" => OtherRecipient(unsigned.ToArray()),
            var unknown => throw new InvalidOperationException($"'{unknown}' is no behaviour of an assembler."),
        }, signature, yParity);

    private static byte[] OtherRecipient(byte[] unsigned)
    {
        unsigned[Array.IndexOf(unsigned, AddressHeader) + 20] ^= 1;
        return unsigned;
    }
}
