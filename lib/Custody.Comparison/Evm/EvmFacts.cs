using System.Globalization;
using Custody.Core.Assets;
using Custody.Core.Transactions;

namespace Custody.Comparison.Evm;

/// <summary>A decoded transfer in the terms that the intent is matched in.</summary>
internal static class EvmFacts
{
    /// <summary>
    /// Null when the bytes' chain is not registered: CAIP-19 names native coin by SLIP-44 coin type, which does not follow
    /// from the chain id.
    /// </summary>
    public static TransactionFacts? Of(EvmNativeTransfer transfer, IReadOnlyDictionary<ChainId, AssetId> nativeAssets)
    {
        var chain = ChainId.Parse(string.Create(CultureInfo.InvariantCulture, $"eip155:{transfer.ChainId}"));
        return nativeAssets.TryGetValue(chain, out var native)
            ? new TransactionFacts(
                chain,
                [new Payment(native, transfer.To, transfer.Value)],
                [new TransactionSlot(transfer.Nonce.ToString(CultureInfo.InvariantCulture))],
                transfer.MaxTotalFee,
                transfer.MaxFeePerGas)
            : null;
    }
}
