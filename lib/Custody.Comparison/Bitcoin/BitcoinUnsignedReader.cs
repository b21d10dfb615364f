using Custody.Core.Assets;
using Custody.Core.Transactions;

namespace Custody.Comparison.Bitcoin;

/// <summary>
/// Reads unsigned Bitcoin bytes for the signing gate, independently of the builder. The digests are computed over amounts
/// that previous transactions prove, and only for coins that are locked with the registered key's own script.
/// </summary>
/// <param name="nativeAssets">The registered native asset of each chain.</param>
public sealed class BitcoinUnsignedReader(IReadOnlyDictionary<ChainId, AssetId> nativeAssets)
{
    /// <summary>
    /// Decodes bytes meant for <paramref name="chain"/>, whose every input spends one of <paramref name="coins"/>. Never throws on
    /// bad bytes.
    /// </summary>
    public BitcoinUnsignedReading Read(ChainId chain, ReadOnlyMemory<byte> unsigned, RegisteredKey key, IReadOnlyList<ReservedCoin> coins) =>
        BitcoinTransactionDecoder.DecodeUnsigned(unsigned.Span) switch
        {
            BitcoinDecoding.Unsigned decoded => Read(chain, decoded.Spend, unsigned.Length, key, coins),
            BitcoinDecoding.Malformed malformed => Malformed(malformed.Reason),
            _ => Malformed("The bytes are not an unsigned transaction."),
        };

    private BitcoinUnsignedReading Read(ChainId chain, BitcoinSpend spend, int length, RegisteredKey key, IReadOnlyList<ReservedCoin> coins)
    {
        if (!nativeAssets.TryGetValue(chain, out var asset) || BitcoinNetworks.Of(chain) is BitcoinNetwork.None)
        {
            return Malformed($"{chain} is not a registered Bitcoin chain.");
        }

        var spent = spend.Inputs.Select(i => Proved(i, coins, key)).ToList();
        if (spent.Contains(null))
        {
            return Malformed($"What {spend.Inputs[spent.IndexOf(null)].Outpoint} holds is not proved to be the vault's.");
        }

        var home = spend.Outputs.Where(o => key.Script.Span.SequenceEqual(o.Script)).ToList();
        if (home.Count > 1)
        {
            return Malformed("More than one output comes back to the vault.");
        }

        var away = spend.Outputs.Where(o => !key.Script.Span.SequenceEqual(o.Script)).ToList();
        var destinations = away.Select(o => StandardScript.AddressOf(o.Script, BitcoinNetworks.Of(chain))).ToList();
        if (destinations.Contains(null))
        {
            return Malformed("An output pays a script that has no address.");
        }

        var fee = SpendFee.Of(spend, spent!, length);
        var facts = new TransactionFacts(
            chain,
            [.. away.Zip(destinations, (output, destination) => new Payment(asset, destination!, output.Amount))],
            [.. spend.Inputs.Select(i => new TransactionSlot(i.Outpoint))],
            fee.Total,
            fee.Rate);
        return new BitcoinUnsignedReading.Decoded(facts, home.SingleOrDefault(), SpendDigests.Of(spend, spent!));
    }

    private static BitcoinOutput? Proved(BitcoinInput input, IReadOnlyList<ReservedCoin> coins, RegisteredKey key) =>
        coins.FirstOrDefault(c => c.Outpoint == input.Outpoint) is { } coin
            && PreviousTransaction.OutputAt(coin.PreviousTransaction.Span, input) is { } output
            && output.Amount == coin.Amount && key.Script.Span.SequenceEqual(output.Script)
            ? output
            : null;

    private static BitcoinUnsignedReading.Malformed Malformed(string reason) => new(reason);
}
