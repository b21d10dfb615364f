using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>A freeze is in force by the stop journal, or is not.</summary>
internal sealed record ExpectFreezeStep : PolledStep
{
    /// <summary>platform, vault/ID or client/ID.</summary>
    public required string Scope { get; init; }

    public bool InForce { get; init; } = true;

    protected override async Task<string?> ProblemAsync(World world, CancellationToken cancellation)
    {
        var freezes = (await StopLines.ReadAsync(world.Storage, cancellation)).FreezesInForce;
        return freezes.ContainsKey(Scope) == InForce ? null : $"frozen: {(freezes.Count == 0 ? "nothing" : string.Join(", ", freezes.Keys))}";
    }
}
