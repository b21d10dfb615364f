using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Deletes stored rows.</summary>
internal sealed record DeleteRowStep : RowStep
{
    public override async Task RunAsync(World world, CancellationToken cancellation)
    {
        foreach (var row in await FindAsync(world, cancellation))
        {
            await Client(world).DeleteEntityAsync(row, row.ETag, cancellation);
        }
    }
}
