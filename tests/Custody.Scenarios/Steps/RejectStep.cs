namespace Custody.Scenarios.Steps;

/// <summary>Rejects.</summary>
internal sealed record RejectStep : VoteStep
{
    protected override string Decision => "reject";
}
