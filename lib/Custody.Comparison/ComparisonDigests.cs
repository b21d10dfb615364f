namespace Custody.Comparison;

/// <summary>What a comparison was about, by digest, lower-case hex.</summary>
/// <param name="Intent">The intent's digest.</param>
/// <param name="Unsigned">SHA-256 of the unsigned bytes.</param>
/// <param name="Signed">SHA-256 of the signed bytes.</param>
public sealed record ComparisonDigests(string Intent, string Unsigned, string Signed);
