namespace Custody.Core.Screening;

/// <summary>A suspicion, as of the payment with which it began.</summary>
/// <param name="Kind">What looks suspicious.</param>
/// <param name="Payments">The payments of the window that ends with that one, oldest first.</param>
public sealed record Suspicion(PatternKind Kind, IReadOnlyList<PatternPayment> Payments)
{
    /// <summary>The payment with which it began: its identity, however often the history is read.</summary>
    public PatternPayment Trigger => Payments[^1];
}
