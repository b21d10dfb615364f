using System.Globalization;
using System.Numerics;
using Custody.Core.Intents;

namespace Custody.Core.Transactions;

/// <summary>
/// The one invariant of every hop: the transaction decoded from the bytes at hand is exactly the approved intent, within
/// its fee envelope. An exact set: one payment more fails as surely as one less.
/// </summary>
public static class IntentMatch
{
    /// <summary>Every field's verdict; the transaction matches when all do and there is at least one.</summary>
    public static IReadOnlyList<FieldVerdict> Compare(WithdrawalIntent intent, TransactionFacts facts)
    {
        var payment = facts.Payments is [var only] ? only : null;
        return
        [
            Equal("chain", intent.Asset.Chain.ToString(), facts.Chain.ToString()),
            Equal("payments", "1", facts.Payments.Count.ToString(CultureInfo.InvariantCulture)),
            Equal("asset", intent.Asset.ToString(), payment?.Asset.ToString() ?? ""),
            Equal("destination", intent.Destination, payment?.Destination ?? ""),
            Equal("amount", Text(intent.Amount), payment is null ? "" : Text(payment.Amount)),
            Within("maxTotalFee", intent.Fee.MaxTotal, facts.MaxTotalFee),
            Within("maxFeeRate", intent.Fee.MaxRate, facts.MaxFeeRate),
        ];
    }

    /// <summary>True when every verdict of a non-empty list matches.</summary>
    public static bool Holds(IReadOnlyList<FieldVerdict> verdicts) => verdicts.Count > 0 && verdicts.All(v => v.Matches);

    private static FieldVerdict Equal(string field, string expected, string actual) =>
        new(field, expected.Length > 0 && string.Equals(expected, actual, StringComparison.Ordinal), expected, actual);

    private static FieldVerdict Within(string field, BigInteger cap, BigInteger actual) =>
        new(field, actual.Sign >= 0 && actual <= cap, $"at most {Text(cap)}", Text(actual));

    private static string Text(BigInteger value) => value.ToString(CultureInfo.InvariantCulture);
}
