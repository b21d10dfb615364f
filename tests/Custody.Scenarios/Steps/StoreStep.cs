using System.Text.Json.Nodes;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Sets how the double in front of the store behaves, until it is set again.</summary>
internal sealed record StoreStep : Step
{
    private static readonly string[] Known = ["honest", "diesAfterInsert", "losesCertificates", "swapsCertificates", "plantsCertificates"];

    public required string Behaviour { get; init; }

    public override string? Problem() => Known.Contains(Behaviour) ? null : $"The store has no behaviour {Behaviour}; it has {string.Join(", ", Known)}.";

    public override Task RunAsync(World world, CancellationToken cancellation) => world.App.ControlAsync("store", JsonValue.Create(Behaviour), cancellation);
}
