using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Puts the storage of both accounts back to a copy. The app must not run.</summary>
internal sealed record RestoreStep : Step
{
    public required string From { get; init; }

    /// <summary>Also puts the journals' witness back, which is kept outside both accounts.</summary>
    public bool Witness { get; init; }

    public override async Task RunAsync(World world, CancellationToken cancellation)
    {
        await world.RememberAsync(cancellation);
        await world.WithStorageStoppedAsync(() =>
        {
            Folders.Replace(world.BackupFolder(From), world.Azurite.Folder);
            if (Witness)
            {
                Folders.Replace(world.BackupFolder(From + "-witness"), world.WitnessFolder);
            }
        });
    }
}
