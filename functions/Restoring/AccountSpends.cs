using Custody.Chains.Evm;
using Custody.Core.Assets;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Restoring;
using Custody.Functions.Chains;

namespace Custody.Functions.Restoring;

/// <summary>What an account spent at nonces whose journal lines a restore may have lost.</summary>
/// <param name="Vault">The account's vault.</param>
/// <param name="Mined">The transactions, lowest nonce first.</param>
/// <param name="FinalCount">How many nonces are spent at the governed depth.</param>
/// <param name="UnknownBelow">Below this nonce something may have been signed that no journal has.</param>
public sealed record LostSpends(VaultRegistration Vault, IReadOnlyList<LocatedTransaction> Mined, ulong FinalCount, ulong UnknownBelow)
{
    /// <summary>True when whatever was signed and forgotten has been mined, or can never be.</summary>
    public bool IsComplete => FinalCount >= UnknownBelow;
}

/// <summary>Reads from the chain what left the vaults' accounts unknown to the restored journals.</summary>
public sealed class AccountSpends(ISigningJournal signings, ChainNodes nodes)
{
    /// <summary>
    /// Every account of a chain, of vaults that governance dropped as well. A withdrawal's own nonces are among those looked at: what was
    /// lost may have outbid what is known. Throws <see cref="NodeAnswerException"/> when the node does not show what it counts.
    /// </summary>
    public async Task<IReadOnlyList<LostSpends>> ReadAsync(string withdrawalId, ChainRegistration chain, Governed governed, StopView stops, CancellationToken cancellation)
    {
        var node = nodes.Of(chain.Id);
        var head = (await node.HeaderAsync(BlockReference.Latest, cancellation))?.Number ?? throw new NodeAnswerException("The node has no newest block.");
        var final = head + 1 >= (ulong)chain.FinalityDepth ? head + 1 - (ulong)chain.FinalityDepth : 0;
        var spends = new List<LostSpends>();
        foreach (var vault in governed.EveryVault.Where(v => v.Chain == chain.Id && v.Chain.IsEvm))
        {
            var account = vault.EvmAddress();
            var below = RestoredRule.UnknownBelow(stops, vault.Id);
            var journal = (await signings.ReadAsync(vault.Id, cancellation)).View;
            var count = Math.Min(below, await node.TransactionCountAsync(account, BlockReference.At(head), cancellation));
            var mined = new List<LocatedTransaction>();
            for (ulong nonce = 0; nonce < count; nonce++)
            {
                if (IsUnknown(vault, account, nonce, journal, withdrawalId, stops))
                {
                    mined.Add(await NonceSearch.FindAsync(node, account, nonce, head, cancellation)
                        ?? throw new NodeAnswerException($"The node counts nonce {nonce} of {account} as spent, and does not show by what."));
                }
            }

            spends.Add(new LostSpends(vault, mined, await node.TransactionCountAsync(account, BlockReference.At(final), cancellation), below));
        }

        return spends;
    }

    // A line from after the restore, such as a fill's, does not say that its own bytes were mined and not forgotten ones.
    private static bool IsUnknown(VaultRegistration vault, EvmAddress account, ulong nonce, SigningView journal, string withdrawalId, StopView stops) =>
        journal.TakenBy(SigningSlot.Nonce(vault.Chain, account, nonce)) is not { } line
        || line.WithdrawalId == withdrawalId
        || stops.Restores.Any(r => line.Sequence > r.LastLineOf(vault.Id) && nonce < r.Statement.Accounts.First(a => a.VaultId == vault.Id).UnknownBelow);
}
