namespace Custody.Cli.Initialisation.Plan;

/// <summary>An approver.</summary>
/// <param name="Id">The approver's id.</param>
/// <param name="Person">The natural person.</param>
/// <param name="Role">The role that policy names.</param>
/// <param name="Site">Where the person works.</param>
/// <param name="Devices">The signing devices.</param>
public sealed record ApproverPlan(string Id, string Person, string Role, string Site, IReadOnlyList<DevicePlan> Devices);
