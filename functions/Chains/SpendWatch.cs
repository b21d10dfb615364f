using System.Numerics;
using Custody.Chains.Evm;
using Custody.Core.Alerts;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Maintenance;
using Custody.Functions.Alerts;

namespace Custody.Functions.Chains;

/// <summary>
/// Tells of what left a vault and no line of its signing journal explains: a P1 and a freeze of the vault. Found again in every run, it is told
/// and frozen for once.
/// </summary>
public sealed class SpendWatch(ChainNodes nodes, ISigningJournal signings, Freezer freezer, AlertDesk alerts)
{
    /// <summary>Tells of an account that has sent more transactions, by the chain, than its journal explains.</summary>
    public async Task CheckAsync(VaultRegistration vault, StopView stops, CancellationToken cancellation)
    {
        if (await ReadAsync(vault, stops, cancellation) is { Used: var used, Unexplained: { } nonce })
        {
            await SpentAsync(vault, nonce, $"{used} transactions sent", cancellation);
        }
    }

    /// <summary>
    /// How many transactions a vault's account has sent, for a nonce to be taken by; null when that is not to be believed, and then people are
    /// told. It is believed as far as the journal explains it, and beyond that where two operators thawed the freeze for that very nonce and
    /// the node shows the transaction that spent it in a final block, or no longer knows the state before that block and counts it there. Without
    /// that it may be a node that lies, and whatever is built by it would wait for ever.
    /// </summary>
    public async Task<ulong?> CountAsync(VaultRegistration vault, ChainRegistration chain, StopView stops, CancellationToken cancellation)
    {
        var (used, unexplained) = await ReadAsync(vault, stops, cancellation);
        if (unexplained is not { } nonce || (IsThawed(vault, nonce, stops) && await IsShownAsync(vault, chain, nonce, cancellation)))
        {
            return used;
        }

        await SpentAsync(vault, nonce, $"{used} transactions sent", cancellation);
        return null;
    }

    /// <summary>Tells of a nonce that somebody else spent, or that a node says was spent.</summary>
    public Task SpentAsync(VaultRegistration vault, ulong nonce, string seen, CancellationToken cancellation) =>
        TellAsync(vault, Reason(vault, nonce), seen, $"nonce {nonce}", cancellation);

    /// <summary>Tells of tokens that were taken from a vault.</summary>
    /// <param name="fall">What the logs say.</param>
    /// <param name="lost">How much, base units; null where only the logs say it.</param>
    /// <param name="block">The block.</param>
    /// <param name="cancellation">Stops it.</param>
    public Task FellAsync(TokenFall fall, BigInteger? lost, BlockPoint block, CancellationToken cancellation)
    {
        var (first, more) = (fall.Transactions[0], fall.Transactions.Count - 1);
        var by = more == 0 ? first : $"{first} and {more} more";
        return TellAsync(
            fall.Vault,
            $"{fall.Asset} left {fall.Vault.EvmAddress()} with {by}, which is no payment that its account sent.",
            $"{lost?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "an unknown amount"} in block {block.Number}",
            first,
            cancellation);
    }

    private static string Reason(VaultRegistration vault, ulong nonce) => $"{vault.EvmAddress()} spent nonce {nonce}, and no line of its signing journal explains it.";

    private static bool IsThawed(VaultRegistration vault, ulong nonce, StopView stops) =>
        stops.WasFrozenFor(FreezeScope.Vault(vault.Id), Reason(vault, nonce)) && !stops.FreezesInForce.ContainsKey(FreezeScope.Vault(vault.Id));

    private async Task<(ulong Used, ulong? Unexplained)> ReadAsync(VaultRegistration vault, StopView stops, CancellationToken cancellation)
    {
        // The count first: what is signed and mined between the two readings must not look unexplained.
        var used = await nodes.Of(vault.Chain).TransactionCountAsync(vault.EvmAddress(), BlockReference.Latest, cancellation);
        return (used, used == 0 ? null : NonceCountRule.Unexplained(vault, used, (await signings.ReadAsync(vault.Id, cancellation)).View, stops));
    }

    private async Task<bool> IsShownAsync(VaultRegistration vault, ChainRegistration chain, ulong nonce, CancellationToken cancellation)
    {
        var (node, depth) = (nodes.Of(vault.Chain), (ulong)chain.FinalityDepth);
        if (await node.HeaderAsync(BlockReference.Latest, cancellation) is not { } head || head.Number + 1 < depth)
        {
            return false;
        }

        var final = head.Number + 1 - depth;
        try
        {
            return await NonceSearch.FindAsync(node, vault.EvmAddress(), nonce, final, cancellation) is not null;
        }
        catch (Exception forgotten) when (forgotten is NodeAnswerException or NodeQuorumException)
        {
            // Most nodes keep the state of some hundred blocks, and hours pass before people thaw. Then what two of them looked at is believed
            // once it counts in a final block: a vault that nobody could ever use again would be no safer.
            return await node.TransactionCountAsync(vault.EvmAddress(), BlockReference.At(final), cancellation) > nonce;
        }
    }

    private async Task TellAsync(VaultRegistration vault, string reason, string seen, string occasion, CancellationToken cancellation)
    {
        await freezer.FreezeOnceAsync(FreezeScope.Vault(vault.Id), reason, cancellation);
        await alerts.RaiseAsync(AlertCode.UnexplainedSpend, vault.Id, $"{reason} Seen: {seen}.", cancellation, occasion);
    }
}
