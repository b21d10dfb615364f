using System.Globalization;
using Custody.Comparison.Bitcoin;
using FsCheck.Xunit;

namespace Custody.Comparison.Tests.Bitcoin;

/// <summary>Changed bytes are never a match, and nothing has two encodings.</summary>
public sealed class BitcoinFuzzTests
{
    private static readonly int Mutations =
        int.Parse(Environment.GetEnvironmentVariable("CUSTODY_FUZZ") ?? "50000", NumberStyles.None, CultureInfo.InvariantCulture);

    private static readonly SpendDraft Draft = new();

    [Fact]
    public void Compare_EveryFlippedBit_IsAMismatch()
    {
        var input = SampleSpend.Input(Draft);
        for (var bit = 0; bit < input.Signed.Length * 8; bit++)
        {
            var mutated = input.Signed.ToArray();
            mutated[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.IsType<ComparisonResult.Mismatch>(SampleSpend.Comparison.Compare(input with { Signed = mutated }));
        }
    }

    [Fact]
    public void Decode_MutatedBytes_AreCanonicalOrRefused()
    {
        var random = new Random(141);
        var signed = Draft.Signed();
        for (var i = 0; i < Mutations; i++)
        {
            var mutated = Mutate(signed, random);
            if (BitcoinTransactionDecoder.DecodeSigned(mutated) is BitcoinDecoding.Signed decoded)
            {
                Assert.Equal(mutated, Encode(decoded));
            }
        }
    }

    [Property(MaxTest = 1000)]
    public bool Decode_AnyBytes_NeverThrows(byte[] bytes)
    {
        byte[] typed = [2, 0, 0, 0, 0, 1, .. bytes];
        return BitcoinTransactionDecoder.DecodeSigned(typed) is not null && BitcoinTransactionDecoder.DecodeUnsigned(bytes) is not null
            && PreviousTransaction.OutputAt(typed, new BitcoinInput(new byte[36], 0)) is null;
    }

    private static byte[] Encode(BitcoinDecoding.Signed decoded) =>
    [
        .. WireWriter.Four(2), 0, 1,
        .. WireWriter.List(decoded.Spend.Inputs.Select(i => (byte[])[.. i.Previous, 0, .. WireWriter.Four(i.Sequence)])),
        .. WireWriter.List(decoded.Spend.Outputs.Select(o => (byte[])[.. WireWriter.Eight((long)o.Amount), .. WireWriter.Text(o.Script)])),
        .. decoded.Signatures.SelectMany(s => WireWriter.List(
            [WireWriter.Text([.. SpendDraft.Der(s.R.ToByteArray(true, true), s.S.ToByteArray(true, true)), 1]), WireWriter.Text(s.PublicKey)])),
        .. WireWriter.Four(decoded.Spend.LockTime),
    ];

    private static byte[] Mutate(byte[] original, Random random)
    {
        var bytes = original.ToList();
        for (var edit = random.Next(1, 4); edit > 0; edit--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(3))
            {
                case 0:
                    bytes[at] ^= (byte)random.Next(1, 256);
                    break;
                case 1:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                default:
                    bytes.RemoveAt(at);
                    break;
            }
        }

        return [.. bytes];
    }
}
