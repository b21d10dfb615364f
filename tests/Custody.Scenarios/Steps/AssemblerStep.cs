using System.Text.Json.Nodes;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Sets how the double in front of the assembler behaves, until it is set again.</summary>
internal sealed record AssemblerStep : Step
{
    private static readonly string[] Known = ["honest", "otherRecipient", "highS", "otherKey", "garbage"];

    public required string Behaviour { get; init; }

    public override string? Problem() => Known.Contains(Behaviour) ? null : $"The assembler has no behaviour {Behaviour}; it has {string.Join(", ", Known)}.";

    public override Task RunAsync(World world, CancellationToken cancellation) => world.App.ControlAsync("assembler", JsonValue.Create(Behaviour), cancellation);
}
