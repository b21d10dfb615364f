using System.Security.Cryptography;
using Custody.Core.Assets;
using Custody.Core.Encoding;
using Custody.Core.Transactions;

namespace Custody.TestHost;

/// <summary>
/// An assembler in front of the real one that behaves as the controls say. It is the signer's last word: the gate has verified the
/// vault's signature, and what comes from here is stored as what was signed.
/// </summary>
public sealed class LyingAssembler(ITransactionAssembler real, Doubles doubles) : ITransactionAssembler
{
    private const int LengthOfATransaction = 118;

    // Type, list header of one length byte and more, chain id, nonce and fees come before it; its own header is 0x94.
    private const byte AddressHeader = 0x94;

    public AssembledTransaction Assemble(ChainId chain, ReadOnlyMemory<byte> unsigned, ReadOnlyMemory<byte> signature, int yParity)
    {
        switch (doubles.Now.Assembler)
        {
            case "honest":
                return real.Assemble(chain, unsigned, signature, yParity);
            case "otherRecipient":
                return real.Assemble(chain, OtherRecipient(unsigned.ToArray()), signature, yParity);
            case "highS":
                // The other s goes with the other parity: a node of before EIP-2 would take both for the same payment.
                return real.Assemble(chain, unsigned, SignatureLies.HighS(signature.ToArray()), 1 - yParity);
            case "otherKey":
                return real.Assemble(chain, unsigned, SignatureLies.OtherKey(Keccak256.Hash(unsigned.Span)), yParity);
            case "garbage":
                var bytes = RandomNumberGenerator.GetBytes(LengthOfATransaction);
                return new AssembledTransaction(bytes, $"0x{Convert.ToHexStringLower(Keccak256.Hash(bytes))}");
            case var unknown:
                throw new InvalidOperationException($"'{unknown}' is no behaviour of an assembler.");
        }
    }

    private static byte[] OtherRecipient(byte[] unsigned)
    {
        unsigned[Array.IndexOf(unsigned, AddressHeader) + 20] ^= 1;
        return unsigned;
    }
}
