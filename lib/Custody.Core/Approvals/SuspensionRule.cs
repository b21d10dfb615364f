using Custody.Core.Governance;
using Custody.Core.Journals;

namespace Custody.Core.Approvals;

/// <summary>
/// Rule: one contradicting device is suspended and nothing else stops; devices of two different people within the governed
/// window are no accident any more. A device that two operators reinstated no longer counts.
/// </summary>
public static class SuspensionRule
{
    /// <summary>The suspensions that together call for a freeze, oldest first; empty when they do not. Without a governed window each counts for ever.</summary>
    public static IReadOnlyList<StopEntry> Together(StopView stops, Governed governed, DateTimeOffset now)
    {
        var window = governed.Document.ContradictionWindowSeconds;
        var counting = stops.SuspendedDevices.Values
            .Where(s => window is not { } seconds || s.At > now - TimeSpan.FromSeconds(seconds))
            .OrderBy(s => s.Sequence)
            .ToList();
        return counting.Select(s => Person(s, governed)).Distinct(StringComparer.Ordinal).Count() >= 2 ? counting : [];
    }

    // An approver whom governance has removed since is still somebody.
    private static string Person(StopEntry suspension, Governed governed)
    {
        var approver = DeviceSubject.ApproverOf(suspension.Subject);
        return governed.Document.Approvers.FirstOrDefault(a => a.Id == approver)?.Person ?? approver;
    }
}
