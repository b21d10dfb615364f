using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>The state of an orchestration instance: Running, Failed, Terminated and so on, or none.</summary>
internal sealed record ExpectInstanceStep : PolledStep
{
    public required string Instance { get; init; }

    public required string Status { get; init; }

    protected override async Task<string?> ProblemAsync(World world, CancellationToken cancellation) =>
        await InstanceRows.ColumnAsync(world, Instance, "RuntimeStatus", cancellation) is var status && (status ?? "none") == Status
            ? null
            : $"the instance is {status ?? "not there"}";
}
