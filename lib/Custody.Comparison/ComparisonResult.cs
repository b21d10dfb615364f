using Custody.Core.Transactions;

namespace Custody.Comparison;

/// <summary>The outcome of comparing signed bytes with what was approved.</summary>
public abstract record ComparisonResult
{
    private ComparisonResult()
    {
    }

    /// <summary>Every verdict matches: the bytes may be sent, once this is certified.</summary>
    /// <param name="Verdicts">Every field's verdict.</param>
    /// <param name="TxId">The transaction's hash.</param>
    /// <param name="Digests">What was compared.</param>
    public sealed record Match(IReadOnlyList<FieldVerdict> Verdicts, string TxId, ComparisonDigests Digests) : ComparisonResult;

    /// <summary>At least one does not: hold the withdrawal, burn the attempt, raise a P1, freeze the vault.</summary>
    /// <param name="Verdicts">The verdicts reached; of bytes that do not decode, only that.</param>
    /// <param name="Reason">One sentence for a person.</param>
    public sealed record Mismatch(IReadOnlyList<FieldVerdict> Verdicts, string Reason) : ComparisonResult;
}
