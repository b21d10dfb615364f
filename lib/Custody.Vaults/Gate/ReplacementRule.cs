using System.Numerics;
using Custody.Core.Governance;
using Custody.Core.Intents;
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
    /// <summary>The digests of the attempt's earlier lines that the order outbids, whether or not it may yet.</summary>
    public static IReadOnlySet<string> Replaced(GateFacts facts, SigningOrder order, IUnsignedTransactionReader reader)
    {
        var earlier = Earlier(facts, order).Select(line => line.Sighash).ToHashSet(StringComparer.Ordinal);
        if (earlier.Count == 0 || reader.Read(order.Vault.Chain, order.Unsigned) is not UnsignedReading.Decoded { Facts: var own })
        {
            return new HashSet<string>();
        }

        // The bytes come from the withdrawal's file; that they hash to what the journal names is what makes them believed.
        var outbid = facts.Case.Unsigned(order.Intent.Attempt)
            .Select(document => reader.Read(order.Vault.Chain, document.Content))
            .OfType<UnsignedReading.Decoded>()
            .Where(old => Outbids(own, old.Facts))
            .Select(old => Convert.ToHexStringLower(old.Sighash))
            .Where(earlier.Contains)
            .ToHashSet(StringComparer.Ordinal);

        // Where no version that counts allowed it, another digest is another digest.
        return Versions(facts, order).Any(version => Allows(version, order, earlier.Count)) ? outbid : new HashSet<string>();
    }

    /// <summary>Refuses while it is too early; whether the slot may be taken again at all is <see cref="SlotRule"/>'s to say.</summary>
    public static Verdict Check(GateFacts facts, SigningOrder order)
    {
        if (order.Replaces is not { Count: > 0 } || facts.Signings.Values.Any(j => j.Of(order.Intent.WithdrawalId).Any(line => line.Sighash == order.SighashHex)))
        {
            return Verdict.Allowed;
        }

        // Its bytes were within the terms when they were built: governance that tightened since is nobody's second digest.
        var earlier = Earlier(facts, order).ToList();
        if (!Allows(facts.Governed, order, earlier.Select(line => line.Sighash).Distinct(StringComparer.Ordinal).Count()))
        {
            return IntentTerms.Tightened(facts.Governed, "does not allow another replacement.");
        }

        var from = earlier.Max(line => line.At) + TimeSpan.FromSeconds(facts.Governed.Chain(order.Vault.Chain)!.Replacement!.AfterSeconds);
        return facts.SlowerClock >= from
            ? Verdict.Allowed
            : Verdict.Refused(RefusalCode.ReplacementTooEarly, $"The transaction may be replaced from {from:u} on, by the host's clock and the chain's.");
    }

    private static IEnumerable<SigningEntry> Earlier(GateFacts facts, SigningOrder order) => facts.Signings.Values
        .SelectMany(j => j.Of(order.Intent.WithdrawalId))
        .Where(line => line.Attempt == order.Intent.Attempt && line.Sighash != order.SighashHex);

    private static IEnumerable<Governed> Versions(GateFacts facts, SigningOrder order) =>
        facts.Governed.AsOf(order.Intent.GovernanceDigest) is { } named ? [named, facts.Governed] : [facts.Governed];

    private static bool Allows(Governed version, SigningOrder order, int earlier) =>
        version.Chain(order.Vault.Chain)?.Replacement is { } terms && earlier <= terms.Most;

    private static bool Outbids(TransactionFacts own, TransactionFacts old) =>
        IsRaised(own.MaxFeeRate, old.MaxFeeRate) && own.MaxTip is { } tip && old.MaxTip is { } oldTip && IsRaised(tip, oldTip);

    // At least a tenth more, rounded up, and never the same.
    private static bool IsRaised(BigInteger value, BigInteger than) => value > than && value * 10 >= than * 11;
}
