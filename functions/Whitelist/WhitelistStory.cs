namespace Custody.Functions.Whitelist;

/// <summary>The custom status, so that the Durable Functions Monitor tells the story of an entry.</summary>
/// <param name="Version">Always 1.</param>
/// <param name="EntryId">The entry; the instance's id is derived from it.</param>
/// <param name="Stage">The status.</param>
/// <param name="Approvals">Such as <c>1 of 2</c>, while people decide.</param>
/// <param name="Reason">The code of an end or a wait.</param>
public sealed record WhitelistStory(int Version, string EntryId, string Stage, string? Approvals, string? Reason)
{
    /// <summary>The story of a step.</summary>
    public static WhitelistStory Of(WhitelistStep step) => new(
        1, step.EntryId, step.Status, step.Needed > 0 ? $"{step.Approvals} of {step.Needed}" : null, step.Reason);
}
