using Custody.Chains.Evm;
using Custody.Core.Assets;
using Custody.Core.Governance;
using Custody.Functions.Withdrawals;

namespace Custody.Functions.Chains;

/// <summary>What the chain says of a withdrawal's signed transactions.</summary>
/// <param name="Signed">The one that is in a block, of whatever attempt; null when none is.</param>
/// <param name="Result">What it did, against the intent that it was signed for.</param>
/// <param name="IsFinal">True when its block is at the governed depth.</param>
/// <param name="SupersededBy">True when the nonce is spent at the governed depth and none of ours is in a block.</param>
public readonly record struct Effects(SignedBytes? Signed, EffectsResult Result, bool IsFinal, bool SupersededBy);

/// <summary>Reads effects from the chain.</summary>
public sealed class EffectsReader(ChainNodes nodes)
{
    /// <summary>Looks for every signed transaction of a withdrawal. At most one can be there, since they share their nonce.</summary>
    public async Task<Effects> ReadAsync(SignedReading reading, ChainRegistration chain, CancellationToken cancellation)
    {
        var all = reading.Signed;
        var node = nodes.Of(chain.Id);
        var head = await node.HeaderAsync(BlockReference.Latest, cancellation)
            ?? throw new NodeAnswerException("The node has no newest block.");
        foreach (var signed in all)
        {
            var transaction = await node.TransactionAsync(signed.Record.TransactionId, cancellation);
            var receipt = transaction?.Block is null ? null : await node.ReceiptAsync(signed.Record.TransactionId, cancellation);
            var canonical = receipt is null ? null : await node.HeaderAsync(BlockReference.At(receipt.Block.Number), cancellation);
            var result = EffectsCheck.Check(signed.Intent, signed.Vault.EvmAddress(), signed.Record.TransactionId, transaction, receipt, canonical);
            if (result is not EffectsResult.NotFound)
            {
                var final = receipt is not null && Confirmation.IsReached(receipt.Block.Number, head.Number, (ulong)chain.FinalityDepth);
                return new Effects(signed, result, final, false);
            }
        }

        var superseded = reading.IsComplete && await IsSupersededAsync(node, all, head.Number, chain, cancellation);
        return new Effects(null, new EffectsResult.NotFound(), false, superseded);
    }

    private static async Task<bool> IsSupersededAsync(
        IEvmNode node, IReadOnlyList<SignedBytes> all, ulong head, ChainRegistration chain, CancellationToken cancellation)
    {
        if (all.Count == 0 || head + 1 < (ulong)chain.FinalityDepth)
        {
            return false;
        }

        var final = BlockReference.At(head + 1 - (ulong)chain.FinalityDepth);
        var used = await node.TransactionCountAsync(Account(all), final, cancellation);
        return used > all.Max(s => s.Nonce);
    }

    private static EvmAddress Account(IReadOnlyList<SignedBytes> all) => all[0].Vault.EvmAddress();
}
