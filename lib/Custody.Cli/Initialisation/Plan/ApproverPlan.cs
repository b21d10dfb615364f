using Custody.Core.Governance;

namespace Custody.Cli.Initialisation.Plan;

/// <summary>An approver.</summary>
/// <param name="Id">The approver's id.</param>
/// <param name="Person">The natural person.</param>
/// <param name="Role">The role that policy names.</param>
/// <param name="Site">Where the person works.</param>
/// <param name="Devices">The signing devices.</param>
/// <param name="Training">The training on record; without it nothing that this person signs counts.</param>
public sealed record ApproverPlan(string Id, string Person, string Role, string Site, IReadOnlyList<DevicePlan> Devices, ExpiringReference? Training = null);
