namespace Custody.Scenarios.Steps;

/// <summary>Approves.</summary>
internal sealed record ApproveStep : VoteStep
{
    protected override string Decision => "approve";
}
