using System.Numerics;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Transactions;

namespace Custody.Vaults.Gate;

/// <summary>
/// Rule: the same payment may be signed again at its nonce to outbid itself. It is of the same intent and so within the approved
/// envelope; what may follow what is governed: not before its time by both clocks, only so often, both fee fields raised by a
/// tenth, which is what pools ask (geth: <c>txpool.pricebump</c>). Anything else at a taken slot is a second digest.
/// </summary>
public static class ReplacementRule
{
    /// <summary>The digests of the attempt's earlier lines that the order outbids; none where governance has no terms for it.</summary>
    public static IReadOnlySet<string> Replaced(GateFacts facts, SigningOrder order, IUnsignedTransactionReader reader)
    {
        var earlier = Earlier(facts, order).Select(line => line.Sighash).ToHashSet(StringComparer.Ordinal);
        if (earlier.Count == 0 || facts.Governed.Chain(order.Vault.Chain)?.Replacement is not { } terms || earlier.Count > terms.Most
            || reader.Read(order.Vault.Chain, order.Unsigned) is not UnsignedReading.Decoded { Facts: var own })
        {
            return new HashSet<string>();
        }

        // The bytes come from the withdrawal's file; that they hash to what the journal names is what makes them believed.
        return facts.Case.Unsigned(order.Intent.Attempt)
            .Select(document => reader.Read(order.Vault.Chain, document.Content))
            .OfType<UnsignedReading.Decoded>()
            .Where(old => Outbids(own, old.Facts))
            .Select(old => Convert.ToHexStringLower(old.Sighash))
            .Where(earlier.Contains)
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Refuses while it is too early; whether the slot may be taken again at all is <see cref="SlotRule"/>'s to say.</summary>
    public static Verdict Check(GateFacts facts, SigningOrder order)
    {
        if (order.Replaces is not { Count: > 0 } || facts.Governed.Chain(order.Vault.Chain)?.Replacement is not { } terms
            || facts.Signings.Values.Any(j => j.Of(order.Intent.WithdrawalId).Any(line => line.Sighash == order.SighashHex)))
        {
            return Verdict.Allowed;
        }

        var newest = Earlier(facts, order).Max(line => line.At);
        var from = newest + TimeSpan.FromSeconds(terms.AfterSeconds);
        return facts.SlowerClock >= from
            ? Verdict.Allowed
            : Verdict.Refused(RefusalCode.ReplacementTooEarly, $"The transaction may be replaced from {from:u} on, by the host's clock and the chain's.");
    }

    private static IEnumerable<SigningEntry> Earlier(GateFacts facts, SigningOrder order) => facts.Signings.Values
        .SelectMany(j => j.Of(order.Intent.WithdrawalId))
        .Where(line => line.Attempt == order.Intent.Attempt && line.Sighash != order.SighashHex);

    private static bool Outbids(TransactionFacts own, TransactionFacts old) =>
        IsRaised(own.MaxFeeRate, old.MaxFeeRate) && own.MaxTip is { } tip && old.MaxTip is { } oldTip && IsRaised(tip, oldTip);

    // At least a tenth more, rounded up, and never the same.
    private static bool IsRaised(BigInteger value, BigInteger than) => value > than && value * 10 >= than * 11;
}
