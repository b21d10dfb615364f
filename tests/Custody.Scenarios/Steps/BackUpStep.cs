using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Copies the storage of both accounts. The app must not run.</summary>
internal sealed record BackUpStep : Step
{
    public required string As { get; init; }

    public override async Task RunAsync(World world, CancellationToken cancellation)
    {
        await world.WithStorageStoppedAsync(() =>
        {
            Folders.Replace(world.Azurite.Folder, world.BackupFolder(As));
            Folders.Replace(world.WitnessFolder, world.BackupFolder(As + "-witness"));
        });
    }
}
