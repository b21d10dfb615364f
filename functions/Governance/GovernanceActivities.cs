using Microsoft.Azure.Functions.Worker;

namespace Custody.Functions.Governance;

/// <summary>The activity of a change of governance.</summary>
public sealed class GovernanceActivities(GovernanceChanger changer)
{
    /// <summary>The activity's name.</summary>
    public const string TakeEffect = "TakeEffect";

    /// <summary>Puts the version that the instance is about in force, if it may be.</summary>
    [Function(TakeEffect)]
    public Task<ChangeStep> TakeEffectAsync([ActivityTrigger] ChangeInput input, string instanceId, CancellationToken cancellation) =>
        changer.TakeEffectAsync(instanceId, cancellation);
}
