using Custody.Chains.Evm;
using Custody.Core.Assets;
using Custody.Core.Deposits;
using Custody.Core.Governance;
using Custody.Functions.Chains;

namespace Custody.Functions.Deposits;

/// <summary>
/// Finds the deposits of a block that was just read. Native coin is in the block itself, and only one that pays us is asked a receipt for; tokens
/// are one question for a block, and none where no token is registered.
/// </summary>
public sealed class DepositReader(ChainNodes nodes)
{
    /// <summary>The block's deposits to these vaults.</summary>
    public async Task<IReadOnlyList<Deposit>> ReadAsync(
        ChainId chain, EvmBlock block, Governed governed, IReadOnlyDictionary<EvmAddress, VaultRegistration> ours, CancellationToken cancellation)
    {
        var (node, point, found) = (nodes.Of(chain), block.Header.Point, new List<Deposit>());
        if (NativeAssets.Of(governed).TryGetValue(chain, out var coin))
        {
            foreach (var deposit in block.Transactions.Select(t => DepositRule.Native(t, point, coin, ours)).OfType<Deposit>())
            {
                var receipt = await node.ReceiptAsync(deposit.TransactionId, cancellation);
                if (receipt?.Block != point)
                {
                    throw new NodeAnswerException($"The node has no receipt of {deposit.TransactionId} in block {point.Number}, which holds it.");
                }

                found.AddRange(receipt.Succeeded ? [deposit] : []);
            }
        }

        // A contract that pays from inside a call leaves no trace in the block: that is the reconciliation's to find.
        var tokens = TokenAssets.Contracts(governed, chain);
        if (tokens.Count > 0 && ours.Count > 0)
        {
            var logs = await node.LogsAsync(point, [.. tokens.Keys], TransferLog.Topic, TransferLog.PayeeAt, [.. ours.Keys.Select(TransferLog.TopicOf)], cancellation);
            found.AddRange(logs.Select(l => DepositRule.Token(l, point, tokens, ours)).OfType<Deposit>());
        }

        return found;
    }
}
