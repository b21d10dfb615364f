using System.Numerics;
using Custody.Chains.Evm;
using Custody.Core.Assets;
using Custody.Core.Governance;
using Microsoft.Extensions.Logging;

namespace Custody.Functions.Chains;

/// <summary>
/// Finds what was taken of registered tokens in a block that was just read: one question for a block, and none where no token is registered.
/// Only what its logs name is asked its balances. An issuer that takes tokens without a Transfer log leaves no trace here.
/// </summary>
public sealed partial class FallReader(ChainNodes nodes, ILogger<FallReader> log)
{
    /// <summary>What was taken from these vaults in the block, with how much where the node can say.</summary>
    public async Task<IReadOnlyList<(TokenFall Fall, BigInteger? Lost)>> ReadAsync(
        ChainId chain, EvmBlock block, Governed governed, IReadOnlyDictionary<EvmAddress, VaultRegistration> ours, CancellationToken cancellation)
    {
        var tokens = TokenAssets.Contracts(governed, chain);
        if (tokens.Count == 0 || ours.Count == 0)
        {
            return [];
        }

        var logs = await nodes.Of(chain).LogsAsync(
            block.Header.Point, [.. tokens.Keys], TransferLog.Topic, TransferLog.PayerAt, [.. ours.Keys.Select(TransferLog.TopicOf)], cancellation);
        var found = new List<(TokenFall, BigInteger?)>();
        foreach (var fall in TokenFallRule.In(block, logs, tokens, ours))
        {
            var lost = await LostAsync(chain, block.Header.Point, fall, cancellation);
            if (lost is null || lost > BigInteger.Zero)
            {
                found.Add((fall, lost));
                continue;
            }

            LogAlone(log, fall.Asset, fall.Vault.Id, fall.Transactions[0], block.Header.Number);
        }

        return found;
    }

    // A node that has forgotten the state before the block, or whose contract does not say a balance, disproves nothing: then the log counts.
    private async Task<BigInteger?> LostAsync(ChainId chain, BlockPoint block, TokenFall fall, CancellationToken cancellation)
    {
        var (node, account) = (nodes.Of(chain), fall.Vault.EvmAddress());
        try
        {
            var paidIn = await node.LogsAsync(block, [fall.Contract], TransferLog.Topic, TransferLog.PayeeAt, [TransferLog.TopicOf(account)], cancellation);
            return block.Number > 0
                && await VaultBalances.TokenAsync(node, account, fall.Contract, BlockReference.At(block.Number - 1), cancellation) is { } before
                && await VaultBalances.TokenAsync(node, account, fall.Contract, BlockReference.At(block.Number), cancellation) is { } after
                    ? TokenFallRule.Lost(fall, paidIn, before, after)
                    : null;
        }
        catch (NodeAnswerException problem)
        {
            NotAsked(log, fall.Asset, fall.Vault.Id, problem.Message);
            return null;
        }
    }

    [LoggerMessage(7012, LogLevel.Warning, "A log says that {Asset} left '{Vault}' with {Transaction} in block {Block}, and the balance did not fall")]
    private static partial void LogAlone(ILogger log, AssetId asset, string vault, string transaction, ulong block);

    [LoggerMessage(7013, LogLevel.Warning, "What '{Vault}' held of {Asset} before and after a block cannot be read, so what the logs say counts: {Reason}")]
    private static partial void NotAsked(ILogger log, AssetId asset, string vault, string reason);
}
