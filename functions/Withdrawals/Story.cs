namespace Custody.Functions.Withdrawals;

/// <summary>The custom status, so that the Durable Functions Monitor tells the story. Well under 2 KB; it changes when what a person waits for changes.</summary>
/// <param name="Version">Always 1.</param>
/// <param name="Stage">The status.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Votes">Such as <c>1 of 2</c>, while people decide.</param>
/// <param name="Reason">The code of a hold or end.</param>
/// <param name="Transaction">The transaction.</param>
public sealed record Story(int Version, string Stage, int Attempt, string? Votes, string? Reason, string? Transaction)
{
    /// <summary>The story of a step.</summary>
    public static Story Of(StageResult step) => new(
        1, step.Status, step.Attempt, step.Needed > 0 ? $"{step.Approvals} of {step.Needed}" : null, step.Reason, step.TransactionId);
}
