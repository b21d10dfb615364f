using Custody.Core.Signatures;

namespace Custody.Core.Governance;

/// <summary>A person who signs governance.</summary>
/// <param name="Id">The governor's id.</param>
/// <param name="Key">The governor's key.</param>
/// <param name="ResponsibleOfficer">True for a responsible officer (SFO s.116), without one of whom nothing is weakened.</param>
public sealed record Governor(string Id, RegisteredKey Key, bool? ResponsibleOfficer = null);
