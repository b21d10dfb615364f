using System.Globalization;
using Custody.Comparison.Evm;
using Custody.Core.Assets;
using Custody.TestKeys;

namespace Custody.Comparison.Tests;

/// <summary>
/// No bytes but the approved ones match, and none throw. Deterministic: worker i of a run draws from seed i. CUSTODY_FUZZ sets
/// the number of mutations of each test.
/// </summary>
public sealed class ComparisonFuzzTests
{
    private const int Workers = 4;
    private static readonly int Mutations =
        int.Parse(Environment.GetEnvironmentVariable("CUSTODY_FUZZ") ?? "100000", NumberStyles.None, CultureInfo.InvariantCulture);

    [Fact]
    public void Compare_EverySingleBitFlipped_NeverMatches()
    {
        var input = TransactionComparisonTests.Input();
        for (var bit = 0; bit < input.Signed.Length * 8; bit++)
        {
            var mutated = input.Signed.ToArray();
            mutated[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.IsType<ComparisonResult.Mismatch>(TransactionComparisonTests.Compare(input with { Signed = mutated }));
        }
    }

    [Fact]
    public void Compare_MutatedSignedBytes_NeverMatch()
    {
        var input = TransactionComparisonTests.Input();
        var comparison = new TransactionComparison(new Dictionary<ChainId, AssetId> { [SampleIntent.LocalEther.Chain] = SampleIntent.LocalEther });
        Assert.IsType<ComparisonResult.Match>(comparison.Compare(input));
        Parallel.For(0, Workers, seed =>
        {
            var random = new Random(seed);
            for (var i = 0; i < Mutations / Workers; i++)
            {
                var mutated = Mutate(input.Signed.Span, random, edits: 1);
                if (!mutated.AsSpan().SequenceEqual(input.Signed.Span) && comparison.Compare(input with { Signed = mutated }) is not ComparisonResult.Mismatch)
                {
                    Assert.Fail($"A false match: {Convert.ToHexStringLower(mutated)}");
                }
            }
        });
    }

    [Fact]
    public void DecodeUnsigned_HeavilyMutatedBytes_DecodesOnlyCanonicalOnes()
    {
        var original = TransactionComparisonTests.Input().Unsigned;
        Parallel.For(0, Workers, seed =>
        {
            var random = new Random(seed);
            for (var i = 0; i < Mutations / Workers; i++)
            {
                var mutated = Mutate(original.Span, random, edits: random.Next(1, 6));
                if (EvmTransactionDecoder.DecodeUnsigned(mutated) is EvmDecoding.Unsigned decoded && !mutated.AsSpan().SequenceEqual(Encode(decoded.Transfer)))
                {
                    Assert.Fail($"Two encodings of one transfer: {Convert.ToHexStringLower(mutated)}");
                }
            }
        });
    }

    private static byte[] Encode(EvmNativeTransfer t) => new Evm.TransferDraft
    {
        ChainId = Evm.Rlp.Number(t.ChainId),
        Nonce = Evm.Rlp.Number(t.Nonce),
        Priority = Evm.Rlp.Number(t.MaxPriorityFeePerGas),
        MaxFee = Evm.Rlp.Number(t.MaxFeePerGas),
        Gas = Evm.Rlp.Number(t.GasLimit),
        To = Evm.Rlp.Text(Convert.FromHexString(t.To.AsSpan(2))),
        Value = Evm.Rlp.Number(t.Value),
    }.Bytes();

    private static byte[] Mutate(ReadOnlySpan<byte> original, Random random, int edits)
    {
        var bytes = original.ToArray().ToList();
        for (var edit = 0; edit < edits && bytes.Count > 0; edit++)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] ^= (byte)random.Next(1, 256);
                    break;
                case 1:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 2:
                    bytes.RemoveAt(at);
                    break;
                default:
                    bytes.Add((byte)random.Next(256));
                    break;
            }
        }

        return [.. bytes];
    }
}
