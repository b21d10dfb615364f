using Custody.Core.Governance;
using Custody.Core.Journals;

namespace Custody.Core.Approvals;

/// <summary>
/// Rule: one contradicting device is suspended and nothing else stops; two different devices within the governed window are no
/// accident any more, whoever owns them: one person's two may have been taken over together. A device that two operators
/// reinstated no longer counts.
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
        return counting.Select(s => s.Subject).Distinct(StringComparer.Ordinal).Count() >= 2 ? counting : [];
    }
}
