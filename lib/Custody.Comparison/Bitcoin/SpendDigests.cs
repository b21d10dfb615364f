using System.Buffers.Binary;
using System.Numerics;

namespace Custody.Comparison.Bitcoin;

/// <summary>The digests that the signatures of a spend must cover (BIP-143, hash type ALL).</summary>
internal static class SpendDigests
{
    private const uint HashTypeAll = 1;

    /// <summary>One for each input, given what each spends: P2WPKH outputs, whose program is the last 20 bytes.</summary>
    public static byte[][] Of(BitcoinSpend spend, IReadOnlyList<BitcoinOutput> spent)
    {
        var outpoints = new MemoryStream();
        var sequences = new MemoryStream();
        var outputs = new MemoryStream();
        foreach (var input in spend.Inputs)
        {
            outpoints.Write(input.Previous);
            sequences.Write(Four(input.Sequence));
        }

        foreach (var output in spend.Outputs)
        {
            outputs.Write(Eight(output.Amount));
            outputs.Write(Length(output.Script.Length));
            outputs.Write(output.Script);
        }

        var outpointsHash = DoubleHash.Of(outpoints.ToArray());
        var sequencesHash = DoubleHash.Of(sequences.ToArray());
        var outputsHash = DoubleHash.Of(outputs.ToArray());
        return
        [
            .. spend.Inputs.Zip(spent, (input, output) => DoubleHash.Of(
            [
                .. Four(BitcoinSpend.Version),
                .. outpointsHash,
                .. sequencesHash,
                .. input.Previous,
                0x19, 0x76, 0xa9, 0x14, .. output.Script.AsSpan(2), 0x88, 0xac,
                .. Eight(output.Amount),
                .. Four(input.Sequence),
                .. outputsHash,
                .. Four(spend.LockTime),
                .. Four(HashTypeAll),
            ])),
        ];
    }

    private static byte[] Four(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Eight(BigInteger value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, (long)value);
        return bytes;
    }

    private static byte[] Length(int value) => value switch
    {
        < 253 => [(byte)value],
        < 0x1_0000 => [253, (byte)value, (byte)(value >> 8)],
        _ => [254, .. Four((uint)value)],
    };
}
