namespace Custody.Core.Reading;

/// <summary>One thing that a person is told.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">What it says.</param>
/// <param name="Detail">The same more exactly, or where it comes from; null when the value says it all.</param>
public sealed record ReadingLine(string Label, string Value, string? Detail = null);
