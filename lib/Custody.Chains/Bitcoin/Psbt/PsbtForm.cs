using System.Buffers.Binary;
using System.Security.Cryptography;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;

namespace Custody.Chains.Bitcoin;

/// <summary>The forms of PSBT keys and values.</summary>
internal static class PsbtForm
{
    private const int Hash = 32;
    private const int MaxTreeDepth = 128;
    private static readonly X9ECParameters Curve = CustomNamedCurves.GetByName("secp256k1");

    public static bool IsDerivation(ReadOnlyMemory<byte> path) => path.Length >= 4 && path.Length % 4 == 0;

    /// <summary>BIP-32: the path has as many elements as the key is deep.</summary>
    public static bool IsDerivationOf(ReadOnlyMemory<byte> xpub, ReadOnlyMemory<byte> path) => path.Length == 4 + (4 * xpub.Span[4]);

    public static bool IsPublicKey(ReadOnlyMemory<byte> key)
    {
        if (key.Span is not ([2 or 3, ..] or [4, ..]) || key.Length != (key.Span[0] == 4 ? 65 : 33))
        {
            return false;
        }

        try
        {
            return !Curve.Curve.DecodePoint(key.ToArray()).IsInfinity;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public static bool IsSignature(ReadOnlyMemory<byte> signature) => signature.Length > 1 && DerSignature.Decode(signature.Span[..^1]) is not null;

    public static bool IsSchnorrSignature(ReadOnlyMemory<byte> signature) => signature.Length is 64 or 65;

    public static bool IsUnsigned(ReadOnlyMemory<byte> transaction) =>
        TransactionParser.ParseWithoutWitness(transaction) is TransactionReading.Read read && read.Transaction.Inputs.All(i => i.ScriptSig.IsEmpty);

    public static bool IsTransaction(ReadOnlyMemory<byte> transaction) => TransactionParser.Parse(transaction) is TransactionReading.Read;

    public static bool IsOutput(ReadOnlyMemory<byte> output)
    {
        var reader = new ByteReader(output);
        var read = TransactionOutput.ReadFrom(ref reader);
        reader.End("an output");
        return reader.Fault is null && Satoshi.IsMoney(read.Amount);
    }

    public static bool IsWitness(ReadOnlyMemory<byte> witness)
    {
        var reader = new ByteReader(witness);
        WitnessStack.ReadFrom(ref reader);
        reader.End("a witness");
        return reader.Fault is null;
    }

    public static bool IsCompactSize(ReadOnlyMemory<byte> value)
    {
        var reader = new ByteReader(value);
        reader.CompactSize("a number");
        reader.End("a number");
        return reader.Fault is null;
    }

    public static bool IsTime(ReadOnlyMemory<byte> value) => value.Length == 4 && BinaryPrimitives.ReadUInt32LittleEndian(value.Span) >= PsbtLockTime.FirstTime;

    public static bool IsHeight(ReadOnlyMemory<byte> value) =>
        value.Length == 4 && BinaryPrimitives.ReadUInt32LittleEndian(value.Span) is > 0 and < PsbtLockTime.FirstTime;

    public static bool IsAmount(ReadOnlyMemory<byte> value) => value.Length == 8 && Satoshi.IsMoney(BinaryPrimitives.ReadInt64LittleEndian(value.Span));

    public static bool IsProprietary(ReadOnlyMemory<byte> key)
    {
        var reader = new ByteReader(key);
        reader.Text("an identifier");
        reader.CompactSize("a subtype");
        return reader.Fault is null;
    }

    public static bool IsControlBlock(ReadOnlyMemory<byte> key) =>
        key.Length >= 33 && (key.Length - 33) % Hash == 0 && (key.Length - 33) / Hash <= MaxTreeDepth;

    public static bool IsTapDerivation(ReadOnlyMemory<byte> value)
    {
        var reader = new ByteReader(value);
        reader.Bytes(reader.Count(Hash, "the number of leaves") * Hash, "leaf hashes");
        return reader.Fault is null && IsDerivation(value[reader.Position..]);
    }

    /// <summary>BIP-371: leaves in depth-first order, which make one whole tree.</summary>
    public static bool IsTree(ReadOnlyMemory<byte> value)
    {
        var reader = new ByteReader(value);
        var open = new Stack<int>();
        while (reader.Fault is null && reader.Left > 0)
        {
            int depth = reader.Byte("a depth");
            reader.Require(depth <= MaxTreeDepth, "a depth is too large");
            reader.Require(reader.Byte("a leaf version") % 2 == 0, "a leaf version is odd");
            reader.Text("a script");

            // A subtree that was opened deeper must be closed before, and two siblings are their parent.
            reader.Require(open.Count == 0 || open.Peek() <= depth, "the leaves are not in depth-first order");
            while (open.TryPeek(out var sibling) && sibling == depth && depth > 0)
            {
                open.Pop();
                depth--;
            }

            open.Push(depth);
        }

        return reader.Fault is null && open.Count == 1 && open.Peek() == 0;
    }

    public static bool IsRipemd160(ReadOnlyMemory<byte> hash, ReadOnlyMemory<byte> preimage)
    {
        var digest = new RipeMD160Digest();
        digest.BlockUpdate(preimage.Span);
        var actual = new byte[digest.GetDigestSize()];
        digest.DoFinal(actual, 0);
        return hash.Span.SequenceEqual(actual);
    }

    public static bool IsSha256(ReadOnlyMemory<byte> hash, ReadOnlyMemory<byte> preimage) => hash.Span.SequenceEqual(SHA256.HashData(preimage.Span));

    public static bool IsHash160(ReadOnlyMemory<byte> hash, ReadOnlyMemory<byte> preimage) => hash.Span.SequenceEqual(Hashes.Hash160(preimage.Span));

    public static bool IsHash256(ReadOnlyMemory<byte> hash, ReadOnlyMemory<byte> preimage) => hash.Span.SequenceEqual(Hashes.Sha256d(preimage.Span));
}
