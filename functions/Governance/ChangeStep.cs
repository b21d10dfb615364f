namespace Custody.Functions.Governance;

/// <summary>What the activity of a change of governance answers.</summary>
/// <param name="Version">Always 1.</param>
/// <param name="Outcome"><c>waiting</c>, <c>inForce</c> or <c>ended</c> (vetoed, or another version took its place).</param>
/// <param name="Until">When to look again, while it waits.</param>
public sealed record ChangeStep(int Version, string Outcome, DateTimeOffset? Until = null)
{
    /// <summary>It waits.</summary>
    public static ChangeStep Waiting(DateTimeOffset until) => new(1, "waiting", until);

    /// <summary>It is in force.</summary>
    public static ChangeStep InForce { get; } = new(1, "inForce");

    /// <summary>It never will be.</summary>
    public static ChangeStep Ended { get; } = new(1, "ended");
}
