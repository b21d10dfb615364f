using Azure.Data.Tables;
using Microsoft.DurableTask.Client;

namespace Custody.LocalRuntime.Engine.Client;

/// <summary>An <see cref="OrchestrationQuery"/> as a filter of the Instances table.</summary>
internal static class InstanceFilter
{
    public static string Of(OrchestrationQuery query)
    {
        var parts = new List<string> { "RowKey eq ''" };
        if (!string.IsNullOrEmpty(query.InstanceIdPrefix))
        {
            // The first key that no longer has the prefix: its last character, one up.
            var prefix = query.InstanceIdPrefix;
            var after = prefix[..^1] + (char)(prefix[^1] + 1);
            parts.Add(TableClient.CreateQueryFilter($"PartitionKey ge {prefix} and PartitionKey lt {after}"));
        }

        if (query.CreatedFrom is { } from)
        {
            parts.Add(TableClient.CreateQueryFilter($"CreatedTime ge {from}"));
        }

        if (query.CreatedTo is { } to)
        {
            parts.Add(TableClient.CreateQueryFilter($"CreatedTime le {to}"));
        }

        AddAnyOf(parts, query.Statuses?.Select(status => TableClient.CreateQueryFilter($"RuntimeStatus eq {status.ToString()}")));
        AddAnyOf(parts, query.TaskHubNames?.Select(hub => TableClient.CreateQueryFilter($"TaskHubName eq {hub}")));
        return string.Join(" and ", parts);
    }

    private static void AddAnyOf(List<string> parts, IEnumerable<string>? choices)
    {
        if (choices?.ToList() is { Count: > 0 } any)
        {
            parts.Add($"({string.Join(" or ", any)})");
        }
    }
}
