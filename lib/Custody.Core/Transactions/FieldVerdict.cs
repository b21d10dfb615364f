namespace Custody.Core.Transactions;

/// <summary>Whether one field of a transaction is what the intent says.</summary>
/// <param name="Field">The field's name, such as <c>destination</c>.</param>
/// <param name="Matches">True only when equal, or within its cap.</param>
/// <param name="Expected">What the intent allows, as text.</param>
/// <param name="Actual">What the bytes say, as text.</param>
public sealed record FieldVerdict(string Field, bool Matches, string Expected, string Actual);
