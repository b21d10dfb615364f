using System.Globalization;
using Custody.Core.Assets;
using Custody.Core.Transactions;

namespace Custody.Comparison.Evm;

/// <summary>A decoded transfer in the terms that the intent is matched in; <see cref="Facts"/> only without a problem.</summary>
/// <param name="Facts">What the transfer does.</param>
/// <param name="Problem">Why it is none that governance knows, as a sentence.</param>
internal readonly record struct EvmFacts(TransactionFacts? Facts, string Problem)
{
    /// <summary>
    /// Names what was decoded. CAIP-19 names native coin by SLIP-44 coin type, which does not follow from the chain id, and a
    /// contract is a token only where it is registered as one.
    /// </summary>
    /// <param name="transfer">What was decoded.</param>
    /// <param name="nativeAssets">The registered native asset of each chain.</param>
    /// <param name="tokenGas">The registered tokens, each with the most gas that its transfer may use.</param>
    public static EvmFacts Of(DecodedTransfer transfer, IReadOnlyDictionary<ChainId, AssetId> nativeAssets, IReadOnlyDictionary<AssetId, ulong>? tokenGas)
    {
        var chain = ChainId.Parse(string.Create(CultureInfo.InvariantCulture, $"eip155:{transfer.ChainId}"));
        if (!nativeAssets.TryGetValue(chain, out var asset))
        {
            return Refused($"The bytes are bound to chain {transfer.ChainId}, which is not registered.");
        }

        if (transfer.Form != EvmForm.Eip1559)
        {
            return Refused("The bytes are a legacy transaction, and we send EIP-1559 ones.");
        }

        if (transfer.Token is { } contract)
        {
            asset = AssetId.Parse($"{chain}/erc20:{contract}");
            var ceiling = 0UL;
            if (tokenGas is null || !tokenGas.TryGetValue(asset, out ceiling))
            {
                return Refused($"The bytes call the contract {contract}, which is no registered token of {chain}.");
            }

            if (transfer.GasLimit > ceiling)
            {
                return Refused($"The gas limit {transfer.GasLimit} is above the governed ceiling of {asset}, {ceiling}.");
            }
        }

        return new EvmFacts(
            new TransactionFacts(
                chain,
                [new Payment(asset, transfer.To, transfer.Value)],
                [new TransactionSlot(transfer.Nonce.ToString(CultureInfo.InvariantCulture))],
                transfer.MaxTotalFee,
                transfer.MaxFeePerGas,
                transfer.MaxPriorityFeePerGas),
            "");
    }

    private static EvmFacts Refused(string problem) => new(null, problem);
}
