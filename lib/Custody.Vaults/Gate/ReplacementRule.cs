using System.Numerics;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Transactions;

namespace Custody.Vaults.Gate;

/// <summary>
/// Rule: the same payment may be signed again at its nonce to outbid itself. It is of the same intent, or of an approved fee bump
/// of it, and so within the approved envelope; what may follow what is governed: not before its time by both clocks, only so often
/// under each intent, both fee fields raised by a tenth, which is what pools ask (geth: <c>txpool.pricebump</c>). An approved cancel
/// outbids the payment at once, and itself as a payment does. Nothing that pays ever outbids a cancel. Anything else at a taken
/// slot is a second digest.
/// </summary>
public static class ReplacementRule
{
    /// <summary>The digests of the attempt's earlier lines that the order outbids, whether or not it may yet.</summary>
    public static IReadOnlySet<string> Replaced(GateFacts facts, SigningOrder order, IUnsignedTransactionReader reader)
    {
        var earlier = Earlier(facts, order).Where(line => line.Kind != IntentKind.Cancel || order.Intent.Kind == IntentKind.Cancel)
            .Select(line => line.Sighash).ToHashSet(StringComparer.Ordinal);
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
        return IsFirstCancel(facts, order) || Versions(facts, order).Any(version => Allows(version, order, Made(facts, order))) ? outbid : new HashSet<string>();
    }

    /// <summary>Refuses while it is too early; whether the slot may be taken again at all is <see cref="SlotRule"/>'s to say.</summary>
    public static Verdict Check(GateFacts facts, SigningOrder order)
    {
        if (order.Replaces is not { Count: > 0 } || IsFirstCancel(facts, order) || facts.Signings.Values.Any(j => j.Of(order.Intent.WithdrawalId).Any(line => line.Sighash == order.SighashHex)))
        {
            return Verdict.Allowed;
        }

        // Its bytes were within the terms when they were built: governance that tightened since is nobody's second digest.
        if (!Allows(facts.Governed, order, Made(facts, order)))
        {
            return IntentTerms.Tightened(facts.Governed, "does not allow another replacement.");
        }

        var from = Earlier(facts, order).Max(line => line.At) + TimeSpan.FromSeconds(facts.Governed.Chain(order.Vault.Chain)!.Replacement!.AfterSeconds);
        return facts.SlowerClock >= from
            ? Verdict.Allowed
            : Verdict.Refused(RefusalCode.ReplacementTooEarly, $"The transaction may be replaced from {from:u} on, by the host's clock and the chain's.");
    }

    private static IEnumerable<SigningEntry> Earlier(GateFacts facts, SigningOrder order) => facts.Signings.Values
        .SelectMany(j => j.Of(order.Intent.WithdrawalId))
        .Where(line => line.Attempt == order.Intent.Attempt && line.Sighash != order.SighashHex);

    private static IEnumerable<Governed> Versions(GateFacts facts, SigningOrder order) =>
        facts.Governed.AsOf(order.Intent.GovernanceDigest) is { } named ? [named, facts.Governed] : [facts.Governed];

    private static bool Allows(Governed version, SigningOrder order, int made) =>
        version.Chain(order.Vault.Chain)?.Replacement is { } terms && made <= terms.Most;

    // How many replacements there are under the order's intent with this one. The first bytes of a payment or a cancel replace
    // nothing of their own; those of a bump replace the payment.
    private static int Made(GateFacts facts, SigningOrder order)
    {
        var digest = order.Intent.Digest();
        var earlier = Earlier(facts, order).Where(line => line.IntentDigest == digest).Select(line => line.Sighash).Distinct(StringComparer.Ordinal).Count();
        return order.Intent.Kind == IntentKind.FeeBump ? earlier + 1 : earlier;
    }

    private static bool IsFirstCancel(GateFacts facts, SigningOrder order) =>
        order.Intent.Kind == IntentKind.Cancel && Earlier(facts, order).All(line => line.Kind != IntentKind.Cancel);

    private static bool Outbids(TransactionFacts own, TransactionFacts old) =>
        IsRaised(own.MaxFeeRate, old.MaxFeeRate) && own.MaxTip is { } tip && old.MaxTip is { } oldTip && IsRaised(tip, oldTip);

    // At least a tenth more, rounded up, and never the same.
    private static bool IsRaised(BigInteger value, BigInteger than) => value > than && value * 10 >= than * 11;
}
