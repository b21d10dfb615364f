namespace Custody.Core.Gate;

/// <summary>What the gate answers when it is asked whether an approved withdrawal may be built. It allows no signature.</summary>
public abstract record GateReadiness
{
    private GateReadiness()
    {
    }

    /// <summary>As far as approvals, stops, screening, prices and times go, the gate would sign now.</summary>
    public sealed record Ready : GateReadiness;

    /// <summary>The gate would not sign now. <paramref name="Why"/> is what it would answer, and never a signature.</summary>
    public sealed record Obstacle(GateOutcome Why) : GateReadiness;
}
