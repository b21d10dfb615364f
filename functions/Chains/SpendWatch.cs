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
    /// <summary>
    /// How many transactions a vault's account has sent, by the chain, as far as its journal explains them; null when it does not, and then
    /// people are told and nothing may be built on it.
    /// </summary>
    public async Task<ulong?> CountAsync(VaultRegistration vault, StopView stops, CancellationToken cancellation)
    {
        // The count first: what is signed and mined between the two readings must not look unexplained.
        var used = await nodes.Of(vault.Chain).TransactionCountAsync(vault.EvmAddress(), BlockReference.Latest, cancellation);
        if (used == 0 || NonceCountRule.Unexplained(vault, used, (await signings.ReadAsync(vault.Id, cancellation)).View, stops) is not { } nonce)
        {
            return used;
        }

        await SpentAsync(vault, nonce, $"{used} transactions sent", cancellation);
        return null;
    }

    /// <summary>Tells of a nonce that somebody else spent, or that a node says was spent.</summary>
    public Task SpentAsync(VaultRegistration vault, ulong nonce, string seen, CancellationToken cancellation) => TellAsync(
        vault, $"{vault.EvmAddress()} spent nonce {nonce}, and no line of its signing journal explains it.", seen, $"nonce {nonce}", cancellation);

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

    private async Task TellAsync(VaultRegistration vault, string reason, string seen, string occasion, CancellationToken cancellation)
    {
        await freezer.FreezeOnceAsync(FreezeScope.Vault(vault.Id), reason, cancellation);
        await alerts.RaiseAsync(AlertCode.UnexplainedSpend, vault.Id, $"{reason} Seen: {seen}.", cancellation, occasion);
    }
}
