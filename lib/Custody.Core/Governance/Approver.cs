namespace Custody.Core.Governance;

/// <summary>A person who approves withdrawals.</summary>
/// <param name="Id">The approver's id.</param>
/// <param name="Person">The natural person; two ids of one person count once.</param>
/// <param name="Role">The role that policy groups name.</param>
/// <param name="Site">Where the person works, such as <c>hk</c>, <c>sg</c>, <c>ldn</c>.</param>
/// <param name="Devices">The signing devices.</param>
/// <param name="Training">The training that lets this person approve; absent or past: nothing that they sign counts (SFC 25EC44, on staff).</param>
public sealed record Approver(string Id, string Person, string Role, string Site, IReadOnlyList<Device> Devices, ExpiringReference? Training = null);
