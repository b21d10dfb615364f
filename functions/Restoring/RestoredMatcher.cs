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

/// <summary>
/// Looks on the chain for the payment of a withdrawal that no journal remembers. What it pays follows from the client's signed request and
/// the whitelist entry that the stop journal's line carries, and from no row: a row that was edited could claim another's payment.
/// </summary>
public sealed class RestoredMatcher(AccountSpends accounts, ChainNodes nodes, TimeProvider time)
{
    private static readonly FeeEnvelope AnyFee = new(BigInteger.Pow(2, 256), BigInteger.Pow(2, 256));

    /// <summary>Looks. A transaction that was matched with another withdrawal is nobody else's payment.</summary>
    public async Task<RestoredMatch> FindAsync(WithdrawalCase file, ChainRegistration chain, Governed governed, StopView stops, CancellationToken cancellation)
    {
        var node = nodes.Of(chain.Id);
        var payment = Payment(file, governed, stops);
        string? open = null;
        foreach (var spends in await accounts.ReadAsync(file.State.Id, chain, governed, stops, cancellation))
        {
            foreach (var mined in spends.Mined.Where(m => (stops.MatchedWith(m.Transaction.Hash[2..]) ?? file.State.Id) == file.State.Id))
            {
                if (payment is null)
                {
                    open = $"Its request or its whitelist entry is not there to compare {mined.Transaction.Hash} with, which no journal knows; match what else may have been paid by it first.";
                    continue;
                }

                var receipt = await node.ReceiptAsync(mined.Transaction.Hash, cancellation);
                var canonical = receipt is null ? null : await node.HeaderAsync(BlockReference.At(receipt.Block.Number), cancellation);
                switch (EffectsCheck.Check(payment, spends.Vault.EvmAddress(), mined.Transaction.Hash, mined, receipt, canonical))
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

            open = spends.IsComplete ? open
                : $"Of {spends.Vault.EvmAddress()} {spends.FinalCount} nonces are final, and up to {spends.UnknownBelow} one may have been signed; fill those that nothing takes.";
        }

        return new RestoredMatch(null, false, false, open);

        async Task<bool> IsFinalAsync(EvmReceipt receipt) => await node.HeaderAsync(BlockReference.Latest, cancellation) is { } head
            && Confirmation.IsReached(receipt.Block.Number, head.Number, (ulong)chain.FinalityDepth);
    }

    // Every attempt of a withdrawal pays the same; only the fee that a lost one was approved for is lost as well.
    private WithdrawalIntent? Payment(WithdrawalCase file, Governed governed, StopView stops) =>
        file.SignedRequest(governed, time.GetUtcNow()) is not { } request || stops.StandingOf(request.WhitelistEntryId).Activation?.Entry is not { } entry
            || entry.ClientId != request.ClientId || entry.CustomerId != request.CustomerId || entry.Chain != request.Asset.Chain ? null : new WithdrawalIntent(
            Version: 1,
            Kind: IntentKind.Withdrawal,
            WithdrawalId: file.State.Id,
            ClientId: request.ClientId,
            CustomerId: request.CustomerId,
            RequestId: request.RequestId,
            Asset: request.Asset,
            Amount: request.Amount,
            WhitelistEntryId: request.WhitelistEntryId,
            Destination: entry.Address,
            Memo: null,
            VaultId: "",
            Fee: AnyFee,
            RuleId: "",
            PolicyVersion: 0,
            GovernanceDigest: "",
            Attempt: 1,
            ParentDigest: null,
            CreatedAt: request.IssuedAt,
            ExpiresAt: request.ExpiresAt,
            InitiatorKeyId: "",
            RequestDigest: "");
}
