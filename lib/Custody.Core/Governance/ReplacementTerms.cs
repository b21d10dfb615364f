namespace Custody.Core.Governance;

/// <summary>
/// When a payment that was signed and is in no block may be signed again at its nonce: the same payment, both fee fields higher,
/// within the envelope that was approved.
/// </summary>
/// <param name="AfterSeconds">How long after the newest signature, by the host's clock and the chain's.</param>
/// <param name="Most">Most replacements of one attempt.</param>
public sealed record ReplacementTerms(int AfterSeconds, int Most);
