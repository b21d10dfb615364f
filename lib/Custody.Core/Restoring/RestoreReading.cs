using Custody.Core.Governance;
using Custody.Core.Results;

namespace Custody.Core.Restoring;

/// <summary>What came of verifying a statement.</summary>
/// <param name="Verdict">Whether it may be used, as far as it says itself.</param>
/// <param name="Statement">What it says; null with a refusal.</param>
/// <param name="Digest">Its digest, hex; null with a refusal.</param>
/// <param name="Governed">The governance that it names, verified from the trust root; null with a refusal.</param>
public sealed record RestoreReading(Verdict Verdict, RestoreStatement? Statement = null, string? Digest = null, Governed? Governed = null);
