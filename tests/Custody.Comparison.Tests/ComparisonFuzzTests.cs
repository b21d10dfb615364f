using System.Globalization;
using Custody.Comparison.Evm;
using Custody.Comparison.Tests.Evm;
using Custody.TestKeys;

namespace Custody.Comparison.Tests;

/// <summary>
/// No bytes but the approved ones match, and none throw. Deterministic: worker i of a run draws from seed i. CUSTODY_FUZZ sets
/// the number of mutations; tests that recover a signer from most of them take a quarter, which is a thousand times the work.
/// </summary>
public sealed class ComparisonFuzzTests
{
    private const int Workers = 4;
    private static readonly int Mutations =
        int.Parse(Environment.GetEnvironmentVariable("CUSTODY_FUZZ") ?? "200000", NumberStyles.None, CultureInfo.InvariantCulture);

    private static readonly int SignedMutations = Mutations / 4;
    private static readonly LegacyDraft Legacy = new();

    [Fact]
    public void Compare_EverySingleBitFlipped_NeverMatches()
    {
        foreach (var input in new[] { TransactionComparisonTests.Input(), TokenComparisonTests.Input() })
        {
            for (var bit = 0; bit < input.Signed.Length * 8; bit++)
            {
                var mutated = input.Signed.ToArray();
                mutated[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.IsType<ComparisonResult.Mismatch>(TokenComparisonTests.Compare(input with { Signed = mutated }));
            }
        }
    }

    [Fact]
    public void Compare_MutatedSignedBytes_NeverMatch()
    {
        ComparisonInput[] inputs = [TransactionComparisonTests.Input(), TokenComparisonTests.Input()];
        Assert.All(inputs, input => Assert.IsType<ComparisonResult.Match>(TokenComparisonTests.Compare(input)));
        Fuzz(SignedMutations, (random, i) =>
        {
            var input = inputs[i % inputs.Length];
            var mutated = Mutate(input.Signed.Span, random, edits: 1);
            if (!mutated.AsSpan().SequenceEqual(input.Signed.Span) && TokenComparisonTests.Compare(input with { Signed = mutated }) is not ComparisonResult.Mismatch)
            {
                Assert.Fail($"A false match: {Convert.ToHexStringLower(mutated)}");
            }
        });
    }

    [Fact]
    public void DecodeUnsigned_HeavilyMutatedBytes_DecodesOnlyCanonicalOnes()
    {
        byte[][] originals = [new TransferDraft().Bytes(), TokenDraft.Of(TokenDraft.Call()).Bytes(), Legacy.Bytes()];
        Fuzz(Mutations, (random, i) =>
        {
            var mutated = Mutate(originals[i % originals.Length], random, edits: random.Next(1, 6));
            if (EvmTransactionDecoder.DecodeUnsigned(mutated) is EvmDecoding.Unsigned decoded && !mutated.AsSpan().SequenceEqual(Encode(decoded.Transfer)))
            {
                Assert.Fail($"Two encodings of one transfer: {Convert.ToHexStringLower(mutated)}");
            }
        });
    }

    [Fact]
    public void DecodeSigned_MutatedLegacyBytes_NeverGiveTheSignersTransferAgain()
    {
        var original = Assert.IsType<EvmDecoding.Signed>(EvmTransactionDecoder.DecodeSigned(Legacy.Signed(TestKey.Funded)));
        var bytes = Legacy.Signed(TestKey.Funded);
        Fuzz(SignedMutations, (random, _) =>
        {
            var mutated = Mutate(bytes, random, edits: 1);
            if (!mutated.AsSpan().SequenceEqual(bytes) && EvmTransactionDecoder.DecodeSigned(mutated) is EvmDecoding.Signed other && other.Signer.AsSpan().SequenceEqual(original.Signer))
            {
                Assert.Fail($"Another transaction of the same signer: {Convert.ToHexStringLower(mutated)}");
            }
        });
    }

    private static void Fuzz(int mutations, Action<Random, int> once) => Parallel.For(0, Workers, seed =>
    {
        var random = new Random(seed);
        for (var i = 0; i < mutations / Workers; i++)
        {
            once(random, i);
        }
    });

    private static byte[] Encode(DecodedTransfer t)
    {
        var to = t.Token ?? t.To;
        var data = t.Token is null ? [] : TokenDraft.Call(recipient: Address(t.To), amount: t.Value);
        var value = Rlp.Number(t.Token is null ? t.Value : 0);
        return t.Form == EvmForm.Legacy
            ? new LegacyDraft
            {
                Nonce = Rlp.Number(t.Nonce),
                GasPrice = Rlp.Number(t.MaxFeePerGas),
                Gas = Rlp.Number(t.GasLimit),
                To = Rlp.Text(Address(to)),
                Value = value,
                Data = Rlp.Text(data),
                ChainId = t.ChainId,
            }.Bytes()
            : new TransferDraft
            {
                ChainId = Rlp.Number(t.ChainId),
                Nonce = Rlp.Number(t.Nonce),
                Priority = Rlp.Number(t.MaxPriorityFeePerGas),
                MaxFee = Rlp.Number(t.MaxFeePerGas),
                Gas = Rlp.Number(t.GasLimit),
                To = Rlp.Text(Address(to)),
                Value = value,
                Data = Rlp.Text(data),
            }.Bytes();
    }

    private static byte[] Address(string text) => Convert.FromHexString(text.AsSpan(2));

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
