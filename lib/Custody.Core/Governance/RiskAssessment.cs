namespace Custody.Core.Governance;

/// <summary>The risk assessment that a weakening rests on (SFC 25EC44, on changes to wallet operations).</summary>
/// <param name="Reference">Where it is kept, for people.</param>
/// <param name="Digest">SHA-256 of its bytes, hex, so that it cannot be written afterwards.</param>
public sealed record RiskAssessment(string Reference, string Digest);
