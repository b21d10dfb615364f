using System.Text.Json.Nodes;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Sets what the app miscalculates at its next start.</summary>
internal sealed record SelfTestStep : Step
{
    private static readonly string[] Known = ["honest", "keccak", "sha256", "rlp", "sighash", "lowS", "parse"];

    public required string Behaviour { get; init; }

    public override string? Problem() => Known.Contains(Behaviour) ? null : $"There is no self-test {Behaviour}; there are {string.Join(", ", Known)}.";

    public override Task RunAsync(World world, CancellationToken cancellation) => world.App.ControlAsync("selfTest", JsonValue.Create(Behaviour), cancellation);
}
