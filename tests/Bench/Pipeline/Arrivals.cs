using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Custody.Core.Withdrawals;

namespace Custody.Bench.Pipeline;

/// <summary>Learns from the app's log when a withdrawal reaches a status, so that the bench asks neither storage nor the API.</summary>
internal sealed partial class Arrivals
{
    private readonly ConcurrentDictionary<(string Id, string Status), TaskCompletionSource> _arrivals = new();

    public Task At(string id, WithdrawalStatus status) => Source(id, status.ToString()).Task;

    public void Line(string line)
    {
        if (Moved().Match(line) is { Success: true } match)
        {
            Source(match.Groups["id"].Value, match.Groups["status"].Value).TrySetResult();
        }
    }

    private TaskCompletionSource Source(string id, string status) =>
        _arrivals.GetOrAdd((id, status), _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    [GeneratedRegex(@"(?<id>w[0-9a-f]{32}) went from \w+ to (?<status>\w+)")]
    private static partial Regex Moved();
}
