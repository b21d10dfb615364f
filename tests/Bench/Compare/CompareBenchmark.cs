using System.Diagnostics;
using System.Numerics;
using Custody.Chains.Evm;
using Custody.Comparison;
using Custody.Comparison.Evm;
using Custody.Core.Assets;
using Custody.Core.Intents;
using Custody.TestKeys;

namespace Custody.Bench.Compare;

/// <summary>Decode and compare, on one thread: signed bytes of a few vaults, no two alike, against their intents. By this process's processor time, which a busy machine does not stretch.</summary>
internal sealed class CompareBenchmark : IBenchmark
{
    private const int Transactions = 500;
    private const int Rounds = 40;
    private const int Vaults = 4;
    private static readonly AssetId Token = AssetId.Parse("eip155:31337/erc20:0x5FbDB2315678afecb367f032d93F642f64180aa3");
    private static readonly Dictionary<ChainId, AssetId> Native = new() { [SampleIntent.LocalEther.Chain] = SampleIntent.LocalEther };
    private static readonly Dictionary<AssetId, ulong> TokenGas = new() { [Token] = 100_000 };

    public string Name => "compare";

    public async Task RunAsync(TextWriter output, CancellationToken cancellation)
    {
        await output.WriteLineAsync("compare: decode, verify the signer, compare with the intent; one thread");
        await WriteAsync(output, "coin", [.. Enumerable.Range(0, Transactions).Select(Coin)], cancellation);
        await WriteAsync(output, "token", [.. Enumerable.Range(0, Transactions).Select(OfToken)], cancellation);
    }

    private static async Task WriteAsync(TextWriter output, string what, ComparisonInput[] inputs, CancellationToken cancellation)
    {
        var comparison = new TransactionComparison(Native, TokenGas);
        var decoded = Rate(inputs, input => EvmTransactionDecoder.DecodeUnsigned(input.Unsigned.Span) is EvmDecoding.Unsigned, cancellation);
        var recovered = Rate(inputs, input => EvmTransactionDecoder.DecodeSigned(input.Signed.Span) is EvmDecoding.Signed, cancellation);
        var compared = Rate(inputs, input => comparison.Compare(input) is ComparisonResult.Match, cancellation);
        await output.WriteLineAsync($"  {what}: {compared:0} compared a CPU second ({1000 / compared:0.000} ms each), {recovered:0} decoded with their signer, {decoded:0} unsigned");
    }

    private static double Rate(ComparisonInput[] inputs, Func<ComparisonInput, bool> once, CancellationToken cancellation)
    {
        // Until the compiler has seen it often enough to leave it alone.
        for (var round = 0; round < Rounds; round++)
        {
            Round(inputs, once);
        }

        var before = Process.GetCurrentProcess().TotalProcessorTime;
        for (var round = 0; round < Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            Round(inputs, once);
        }

        return Rounds * inputs.Length / (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
    }

    private static void Round(ComparisonInput[] inputs, Func<ComparisonInput, bool> once)
    {
        if (!inputs.All(once))
        {
            throw new InvalidOperationException("What was built and signed here does not compare.");
        }
    }

    private static ComparisonInput Coin(int i)
    {
        var (key, to) = (TestKey.From(new Random(i % Vaults)), TestKey.Eip155.Address);
        var intent = SampleIntent.Create(to.ToString(), BigInteger.Pow(10, 18) + i);
        return Input(intent, key, (ulong)i, UnsignedTransaction.Encode(new EvmTransfer(31337, (ulong)i, 1_000_000_000, 30_000_000_000, to, intent.Amount)));
    }

    private static ComparisonInput OfToken(int i)
    {
        var (key, to) = (TestKey.From(new Random(i % Vaults)), TestKey.Eip155.Address);
        var intent = SampleIntent.Create(to.ToString(), 25_000_000 + i) with { Asset = Token };
        return Input(intent, key, (ulong)i, UnsignedTransaction.Encode(
            new EvmTokenTransfer(31337, (ulong)i, 1_000_000_000, 30_000_000_000, 60_000, EvmAddress.Parse(Token.Reference), to, intent.Amount)));
    }

    private static ComparisonInput Input(WithdrawalIntent intent, TestKey key, ulong nonce, byte[] unsigned)
    {
        var (r, s, parity) = key.Sign(UnsignedTransaction.Sighash(unsigned));
        return new ComparisonInput(intent, unsigned, SignedTransaction.Assemble(unsigned, r, s, parity).Bytes, key.PublicKey, key.Address.ToString(), nonce);
    }
}
