using Custody.Core.Journals;

namespace Custody.Core.Whitelisting;

/// <summary>A suspension that was lifted.</summary>
/// <param name="Lifted">The suspension's line.</param>
/// <param name="Line">The line that lifted it; its evidence is verified at each use, and a new cooling-off counts from it.</param>
/// <param name="GovernanceDigest">The digest of the governance in force when it was lifted: whoever it registered could sign that.</param>
public sealed record Reinstatement(StopEntry Lifted, StopEntry Line, string? GovernanceDigest);
