using System.Globalization;
using Custody.Core.Governance.Change;
using Custody.Core.Journals;
using Custody.Core.Results;

namespace Custody.Core.Governance;

/// <summary>
/// Rule: the governance document is the very one that the stop journal says is in force, and each version came into force no
/// sooner than it may: a weakening only when its delay, counted from the journal's record of its quorum, is past and nobody
/// vetoed it. A line that says "in force" is not enough.
/// </summary>
public static class GovernanceInForce
{
    /// <summary>
    /// Checks a verified chain of versions against the journal. <paramref name="chainTime"/> is the time of a governed chain's
    /// newest final block, by which delays must be past as well; null where only the host's clock is at hand: the gate has both.
    /// </summary>
    public static GovernanceReading Check(GovernanceReading chain, StopView stops, DateTimeOffset now, DateTimeOffset? chainTime = null)
    {
        if (chain is not GovernanceReading.Verified { Governed: var newest })
        {
            return chain;
        }

        if (newest.Document.Version != stops.GovernanceVersion || newest.Digest != stops.GovernanceDigest)
        {
            return Refused("The governance document is not the one that the stop journal says is in force.");
        }

        for (var version = newest; version is not null; version = version.Previous)
        {
            if (MayTakeEffect(version, stops, now, chainTime) is { IsAllowed: false } early)
            {
                return Refused(early.Detail);
            }
        }

        return chain;
    }

    /// <summary>Whether a verified version may be in force at a time.</summary>
    public static Verdict MayTakeEffect(Governed version, StopView stops, DateTimeOffset now, DateTimeOffset? chainTime)
    {
        var number = version.Document.Version.ToString(CultureInfo.InvariantCulture);
        return stops.IsVetoed(version.Digest) ? Verdict.Refused(RefusalCode.GovernanceVetoed, $"Governance version {number} was vetoed.")
            : TakesEffectAt(version, stops) is not { } from ? Verdict.Refused(RefusalCode.GovernanceNotProposed, $"The stop journal never recorded the quorum of governance version {number}, which weakens.")
            : now < from || chainTime < from ? Verdict.Refused(RefusalCode.GovernanceDelayed, $"Governance version {number} weakens, and takes effect at {Encoding.InstantJsonConverter.Format(from)}.")
            : Verdict.Allowed;
    }

    /// <summary>When a version may take effect; null while its quorum is not in the journal. What tightens may at any time.</summary>
    public static DateTimeOffset? TakesEffectAt(Governed version, StopView stops) => version.Changes is not { Direction: ChangeDirection.Weakens }
        ? DateTimeOffset.MinValue
        : stops.GovernanceProposedAt(version.Digest) + version.Previous!.WeakeningDelay;

    private static GovernanceReading.Refused Refused(string detail) => new(RefusalCode.GovernanceInvalid, detail);
}
