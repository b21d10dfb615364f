using System.Runtime.CompilerServices;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Custody.LocalRuntime.Engine.Client;

/// <summary>The instances that match a query, fetched page by page.</summary>
internal sealed class InstancePages(
    EngineParts parts, MetadataReader reader, Func<CancellationToken, Task> ready, OrchestrationQuery query) : AsyncPageable<OrchestrationMetadata>
{
    public override IAsyncEnumerable<Page<OrchestrationMetadata>> AsPages(string? continuationToken = null, int? pageSizeHint = null) =>
        PagesAsync(continuationToken ?? query.ContinuationToken, pageSizeHint ?? query.PageSize, default);

    private async IAsyncEnumerable<Page<OrchestrationMetadata>> PagesAsync(
        string? token, int pageSize, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await ready(cancellation).ConfigureAwait(false);
        var filter = InstanceFilter.Of(query);
        do
        {
            (var records, token) = await parts.Instances.PageAsync(filter, pageSize, token, cancellation).ConfigureAwait(false);
            var page = new List<OrchestrationMetadata>(records.Count);
            foreach (var record in records)
            {
                page.Add(await reader.ReadAsync(record, query.FetchInputsAndOutputs, cancellation).ConfigureAwait(false));
            }

            yield return new Page<OrchestrationMetadata>(page, token);
        }
        while (token is not null);
    }
}
