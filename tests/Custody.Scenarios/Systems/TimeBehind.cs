namespace Custody.Scenarios.Systems;

/// <summary>A clock that is behind: what a setup under it writes is that old when scripts begin.</summary>
internal sealed class TimeBehind(TimeSpan by) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - by;
}
