namespace Custody.Cli.Initialisation.Plan;

/// <summary>A governor.</summary>
/// <param name="Id">The governor's id.</param>
/// <param name="Key">The key; absent: generated as a file.</param>
/// <param name="ResponsibleOfficer">True for a responsible officer, without one of whom nothing is weakened.</param>
public sealed record GovernorPlan(string Id, KeyPlan? Key = null, bool? ResponsibleOfficer = null);
