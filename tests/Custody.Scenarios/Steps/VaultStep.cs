using System.Text.Json.Nodes;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Sets how the double in front of the vault behaves, until it is set again.</summary>
internal sealed record VaultStep : Step
{
    private static readonly string[] Known = ["honest", "gone", "pinWrong", "pinLocked", "keyMissing", "moduleMissing", "silent", "signsOtherBytes", "otherKey", "garbage", "highS", "otherRoot", "otherFirmware", "signsAndDies"];

    public required string Behaviour { get; init; }

    public override string? Problem() => Known.Contains(Behaviour) ? null : $"The vault has no behaviour {Behaviour}; it has {string.Join(", ", Known)}.";

    public override Task RunAsync(World world, CancellationToken cancellation) => world.App.ControlAsync("vault", JsonValue.Create(Behaviour), cancellation);
}
