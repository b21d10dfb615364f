using System.Globalization;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>A version of governance is in force by the stop journal.</summary>
internal sealed record ExpectGovernanceStep : PolledStep
{
    public required int Version { get; init; }

    protected override async Task<string?> ProblemAsync(World world, CancellationToken cancellation)
    {
        var version = (await StopLines.ReadAsync(world.Storage, cancellation)).GovernanceVersion;
        return version == Version ? null : $"governance version {version.ToString(CultureInfo.InvariantCulture)} is in force";
    }
}
