using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Deletes blobs.</summary>
internal sealed record DeleteBlobStep : BlobStep
{
    public override async Task RunAsync(World world, CancellationToken cancellation)
    {
        foreach (var blob in await FindAsync(world, cancellation))
        {
            await blob.DeleteAsync(cancellationToken: cancellation);
        }
    }
}
