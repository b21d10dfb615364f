using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using Custody.Core.Assets;
using Custody.Core.Intents;
using Custody.Core.Transactions;

namespace Custody.Comparison.Bitcoin;

/// <summary>
/// The gate before broadcast, for Bitcoin: the signed bytes, decoded by code of their own, spend exactly the reserved coins
/// with amounts that their previous transactions prove, pay exactly the approved recipients and nobody else but the vault
/// itself, and carry for each input a signature of the registered key over all of it.
/// </summary>
/// <param name="nativeAssets">The registered native asset of each chain.</param>
public sealed class BitcoinComparison(IReadOnlyDictionary<ChainId, AssetId> nativeAssets)
{
    private const string Spend = "a signed spend of our own coins";

    // Below it nodes do not relay a P2WPKH output.
    private const int LeastChange = 294;

    /// <summary>Compares. Never throws on bad bytes.</summary>
    public ComparisonResult Compare(BitcoinComparisonInput input) => BitcoinTransactionDecoder.DecodeSigned(input.Signed.Span) switch
    {
        BitcoinDecoding.Signed signed => Compare(input, signed),
        BitcoinDecoding.Malformed malformed => Undecodable(Spend, malformed.Reason),
        _ => Undecodable(Spend, "The bytes are not a signed transaction."),
    };

    private ComparisonResult Compare(BitcoinComparisonInput input, BitcoinDecoding.Signed signed)
    {
        if (!nativeAssets.TryGetValue(input.Chain, out var asset) || BitcoinNetworks.Of(input.Chain) is BitcoinNetwork.None)
        {
            return Undecodable("a registered chain", $"{input.Chain} is not a registered Bitcoin chain.");
        }

        FieldVerdict[] verdicts =
        [
            .. IntentVerdicts(input, asset), .. PaymentVerdicts(input, signed.Spend), .. TransactionVerdicts(input, signed), .. CoinVerdicts(input, signed),
        ];
        var differing = verdicts.Where(v => !v.Matches).Select(v => v.Field);
        return IntentMatch.Holds(verdicts)
            ? new ComparisonResult.Match(verdicts, signed.TxId, Digests(input))
            : new ComparisonResult.Mismatch(verdicts, $"Not as approved: {string.Join(", ", differing)}.");
    }

    private static IEnumerable<FieldVerdict> IntentVerdicts(BitcoinComparisonInput input, AssetId asset)
    {
        foreach (var intent in input.Intents)
        {
            // The other kinds pay our own addresses, by rules that come with them; until then they are not sent.
            yield return Equal("kind", nameof(IntentKind.Withdrawal), intent.Kind.ToString());
            yield return Equal("memo", "", intent.Memo ?? "");
            yield return Equal("chain", input.Chain.ToString(), intent.Asset.Chain.ToString());
            yield return Equal("asset", asset.ToString(), intent.Asset.ToString());
            yield return Equal("vault", input.Intent.VaultId, intent.VaultId);
        }

        var distinct = input.Intents.Select(i => i.WithdrawalId).Distinct(StringComparer.Ordinal).Count();
        yield return Equal("withdrawals", Text(input.Intents.Count), Text(distinct));
    }

    // An exact set: one payment more fails as surely as one less, and as one that another withdrawal would have got.
    private static IEnumerable<FieldVerdict> PaymentVerdicts(BitcoinComparisonInput input, BitcoinSpend spend)
    {
        var network = BitcoinNetworks.Of(input.Chain);
        var (home, away) = (Paying(spend, input.Key, own: true), Paying(spend, input.Key, own: false));
        var expected = input.Intents.Select(i => $"{ScriptOf(i.Destination, network)}:{Text(i.Amount)}");
        yield return Equal("payments", Sorted(expected), Sorted(away.Select(o => $"{Hex(o.Script)}:{Text(o.Amount)}")));
        yield return new FieldVerdict(
            "change",
            home.Count == 0 || (home.Count == 1 && home[0].Amount >= LeastChange),
            $"at most one output of at least {LeastChange} to {Hex(input.Key.Script.Span)}",
            Sorted(home.Select(o => Text(o.Amount))));
    }

    private static IEnumerable<FieldVerdict> TransactionVerdicts(BitcoinComparisonInput input, BitcoinDecoding.Signed signed)
    {
        yield return Equal("inputs", Sorted(input.Coins.Select(c => c.Outpoint)), Sorted(signed.Spend.Inputs.Select(i => i.Outpoint)));
        var sequences = signed.Spend.Inputs.Select(i => Text(i.Sequence)).Distinct(StringComparer.Ordinal);
        yield return Equal("sequence", Text(input.Sequence), string.Join(' ', sequences));
        yield return Equal("lockTime", Text(input.LockTime), Text(signed.Spend.LockTime));
        yield return Equal("unsignedBytes", Hex(input.Unsigned.Span), Hex(signed.UnsignedBytes));
    }

    private static IEnumerable<FieldVerdict> CoinVerdicts(BitcoinComparisonInput input, BitcoinDecoding.Signed signed)
    {
        var key = input.Key;
        var spent = new List<BitcoinOutput>();
        foreach (var spending in signed.Spend.Inputs)
        {
            var coin = input.Coins.FirstOrDefault(c => c.Outpoint == spending.Outpoint);
            var output = coin is null ? null : PreviousTransaction.OutputAt(coin.PreviousTransaction.Span, spending);
            yield return Equal(
                $"coin {spending.Outpoint}",
                coin is null ? "a reserved coin" : $"{Hex(key.Script.Span)}:{Text(coin.Amount)}",
                output is null ? "not proved" : $"{Hex(output.Script)}:{Text(output.Amount)}");
            if (output is not null && key.Script.Span.SequenceEqual(output.Script))
            {
                spent.Add(output);
            }
        }

        // Without what every input holds there is neither a fee nor a digest to verify.
        if (spent.Count != signed.Spend.Inputs.Count)
        {
            yield break;
        }

        var fee = SpendFee.Of(signed.Spend, spent, signed.UnsignedBytes.Length);
        yield return Within("maxTotalFee", input.Intents.Aggregate(BigInteger.Zero, (sum, i) => sum + BigInteger.Max(i.Fee.MaxTotal, 0)), fee.Total);
        yield return Within("maxFeeRate", input.Intents.Min(i => i.Fee.MaxRate), fee.Rate);
        var digests = SpendDigests.Of(signed.Spend, spent);
        for (var i = 0; i < digests.Length; i++)
        {
            var signature = signed.Signatures[i];
            var verifies = key.Compressed.Span.SequenceEqual(signature.PublicKey) && key.Verifies(digests[i], signature.R, signature.S);
            var found = $"of {Hex(signature.PublicKey)}, {(verifies ? "verified" : "not verified")}";
            yield return new FieldVerdict($"signature {i}", verifies, $"of {Hex(key.Compressed.Span)}", found);
        }
    }

    private static List<BitcoinOutput> Paying(BitcoinSpend spend, RegisteredKey key, bool own) =>
        [.. spend.Outputs.Where(o => key.Script.Span.SequenceEqual(o.Script) == own)];

    private static string ScriptOf(string destination, BitcoinNetwork network) =>
        BitcoinAddress.Read(destination) is BitcoinAddressReading.Read { Address: var address } && address.Networks.HasFlag(network)
            && StandardScript.Paying(address) is { } script
            ? Hex(script)
            : $"no script of {destination}";

    private static ComparisonResult.Mismatch Undecodable(string expected, string reason) =>
        new([new FieldVerdict("decoding", false, expected, reason)], reason);

    private static ComparisonDigests Digests(BitcoinComparisonInput input) =>
        new(input.Intent.Digest(), Hex(SHA256.HashData(input.Unsigned.Span)), Hex(SHA256.HashData(input.Signed.Span)));

    private static FieldVerdict Equal(string field, string expected, string actual) =>
        new(field, string.Equals(expected, actual, StringComparison.Ordinal), expected, actual);

    private static FieldVerdict Within(string field, BigInteger cap, BigInteger actual) =>
        new(field, actual.Sign >= 0 && actual <= cap, $"at most {Text(cap)}", Text(actual));

    private static string Sorted(IEnumerable<string> texts) => string.Join(' ', texts.Order(StringComparer.Ordinal));

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    private static string Text(BigInteger value) => value.ToString(CultureInfo.InvariantCulture);
}
