namespace Custody.Chains.Bitcoin;

/// <summary>
/// What an error of <c>sendrawtransaction</c> or a reason of <c>testmempoolaccept</c> means. The codes are Bitcoin Core's
/// (<c>rpc/protocol.h</c>); within -26 its reject reasons (<c>validation.cpp</c>, <c>policy/rbf.cpp</c>) tell a fee from a rule. A code
/// that is not in the table is Unknown; a reason that is not is a rule that the node did not take it by.
/// </summary>
internal static class PoolRefusals
{
    private const int DeserializationError = -22;
    private const int VerifyError = -25;
    private const int VerifyRejected = -26;
    private const int AlreadyInUtxoSet = -27;

    private static readonly string[] Missing = ["bad-txns-inputs-missingorspent", "missing-inputs", "txn-mempool-conflict"];
    private static readonly string[] Confirmed = ["txn-already-known", "Transaction outputs already in utxo set", "Transaction already in block chain"];
    private static readonly string[] High = ["max-fee-exceeded", "Fee exceeds maximum"];

    // "insufficient fee" and those after it: of a replacement.
    private static readonly string[] Low =
        ["min relay fee not met", "mempool min fee not met", "insufficient fee", "replacement-adds-unconfirmed", "too many potential replacements"];

    /// <summary>Of an error of <c>sendrawtransaction</c>.</summary>
    public static PoolVerdict OfError(long code, string message) => code switch
    {
        AlreadyInUtxoSet => PoolVerdict.Confirmed,
        VerifyError when Starts(High, message) => PoolVerdict.FeeTooHigh,
        VerifyError when Starts(Missing, message) => PoolVerdict.InputsMissing,
        VerifyRejected => OfReason(message),
        DeserializationError => PoolVerdict.Rejected,
        _ => PoolVerdict.Unknown,
    };

    /// <summary>Of a reason of <c>testmempoolaccept</c>. What is no fee and no input is a rule that it breaks.</summary>
    public static PoolVerdict OfReason(string reason) =>
        Starts(["txn-already-in-mempool", "txn-same-nonwitness-data-in-mempool"], reason) ? PoolVerdict.Accepted
        : Starts(Confirmed, reason) ? PoolVerdict.Confirmed
        : Starts(Missing, reason) ? PoolVerdict.InputsMissing
        : Starts(Low, reason) ? PoolVerdict.FeeTooLow
        : Starts(High, reason) ? PoolVerdict.FeeTooHigh
        : reason.Length > 0 ? PoolVerdict.Rejected
        : PoolVerdict.Unknown;

    private static bool Starts(string[] starts, string text) => starts.Any(s => text.StartsWith(s, StringComparison.OrdinalIgnoreCase));
}
