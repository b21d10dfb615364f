using System.Text.Json.Nodes;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Sets how the builder behaves, until it is set again.</summary>
internal sealed record BuilderStep : Step
{
    private static readonly string[] Known = ["honest", "otherRecipient", "otherAmount", "otherChain", "calldata", "accessList"];

    public required string Behaviour { get; init; }

    public override string? Problem() => Known.Contains(Behaviour) ? null : $"The builder has no behaviour {Behaviour}; it has {string.Join(", ", Known)}.";

    public override Task RunAsync(World world, CancellationToken cancellation) => world.App.ControlAsync("builder", JsonValue.Create(Behaviour), cancellation);
}
