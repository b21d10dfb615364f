using System.Numerics;
using Custody.Chains.Evm;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Withdrawals;
using Custody.Functions.Chains;
using Custody.Functions.Withdrawals;

namespace Custody.Functions.Restoring;

/// <summary>What the chain says of a withdrawal whose signature a restore may have lost.</summary>
/// <param name="Paid">The receipt of the transaction that is its payment; null when none is.</param>
/// <param name="HasReverted">True when that transaction paid nobody.</param>
/// <param name="IsFinal">True when its block is at the governed depth.</param>
/// <param name="Open">Why it cannot be said yet that nothing pays it; null when it can.</param>
public readonly record struct RestoredMatch(EvmReceipt? Paid, bool HasReverted, bool IsFinal, string? Open);

/// <summary>Looks on the chain for the payment of a withdrawal that no journal remembers: the same recipient, amount and calldata from one of the vaults.</summary>
public sealed class RestoredMatcher(AccountSpends accounts, ChainNodes nodes)
{
    /// <summary>Looks. A transaction that was matched with another withdrawal is nobody else's payment.</summary>
    public async Task<RestoredMatch> FindAsync(WithdrawalCase file, ChainRegistration chain, Governed governed, StopView stops, CancellationToken cancellation)
    {
        var node = nodes.Of(chain.Id);
        var intents = Enumerable.Range(1, file.State.Attempt).Select(file.Intent).OfType<WithdrawalIntent>().Select(AnyFee).ToList();
        string? open = null;
        foreach (var spends in await accounts.ReadAsync(file.State.Id, chain, governed, stops, cancellation))
        {
            foreach (var mined in spends.Mined.Where(m => (stops.MatchedWith(m.Transaction.Hash[2..]) ?? file.State.Id) == file.State.Id))
            {
                var receipt = await node.ReceiptAsync(mined.Transaction.Hash, cancellation);
                var canonical = receipt is null ? null : await node.HeaderAsync(BlockReference.At(receipt.Block.Number), cancellation);
                foreach (var intent in intents)
                {
                    switch (EffectsCheck.Check(intent, spends.Vault.EvmAddress(), mined.Transaction.Hash, mined, receipt, canonical))
                    {
                        case EffectsResult.Matches:
                            return new RestoredMatch(receipt, false, await IsFinalAsync(receipt!), null);
                        case EffectsResult.Reverted:
                            return new RestoredMatch(receipt, true, await IsFinalAsync(receipt!), null);
                        case EffectsResult.Unknown unknown:
                            open = unknown.Reason;
                            break;
                        case EffectsResult.NotFound:
                            open = $"The block of {mined.Transaction.Hash} has just left the chain.";
                            break;
                    }
                }

                open = intents.Count > 0 ? open
                    : $"No intent of it is left to compare {mined.Transaction.Hash} with, which no journal knows; match what else may have been paid by it first.";
            }

            open = spends.IsComplete ? open
                : $"Of {spends.Vault.EvmAddress()} {spends.FinalCount} nonces are final, and up to {spends.UnknownBelow} one may have been signed; fill those that nothing takes.";
        }

        return new RestoredMatch(null, false, false, open);

        async Task<bool> IsFinalAsync(EvmReceipt receipt) => await node.HeaderAsync(BlockReference.Latest, cancellation) is { } head
            && Confirmation.IsReached(receipt.Block.Number, head.Number, (ulong)chain.FinalityDepth);
    }

    // Which fee a lost attempt was approved for is lost as well.
    private static WithdrawalIntent AnyFee(WithdrawalIntent intent) =>
        intent with { Fee = new FeeEnvelope(BigInteger.Pow(2, 256), BigInteger.Pow(2, 256)) };
}
