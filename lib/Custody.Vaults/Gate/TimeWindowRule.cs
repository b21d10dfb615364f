using Custody.Core.Policy;
using Custody.Core.Results;

namespace Custody.Vaults.Gate;

/// <summary>
/// Rule: where a policy rule names hours, nothing is signed outside of them, by the host's clock and by the chain's. That the
/// rule matched when the intent was made is not enough: the intent's own time is a stored text.
/// </summary>
public static class TimeWindowRule
{
    /// <summary>Allowed while a window is open; refused with the next opening while all are closed.</summary>
    public static (Verdict Verdict, DateTimeOffset? Until) Check(GateFacts facts, PolicyRule rule)
    {
        if (rule.Times is not { } times)
        {
            return (Verdict.Allowed, null);
        }

        if (IsOpen(times, facts.Now) && facts.ChainTime is { } chainTime && IsOpen(times, chainTime))
        {
            return (Verdict.Allowed, null);
        }

        var until = times.Select(t => t.NextOpening(facts.Now)).Min();
        return (Verdict.Refused(RefusalCode.PolicyMoved, $"The hours of the rule '{rule.Id}' are over."), until);
    }

    private static bool IsOpen(IReadOnlyList<TimeWindow> times, DateTimeOffset at) => times.Any(t => t.IsOpen(at));
}
