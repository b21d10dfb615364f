using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Custody.Bench.Pipeline;

/// <summary>Counts what Azurite's access log and the node's own log show.</summary>
internal sealed partial class PipelineCounts
{
    private readonly ConcurrentDictionary<string, long> _storage = new(StringComparer.Ordinal);
    private long _node;

    public long StorageTotal => _storage.Values.Sum();

    public long NodeTotal => Interlocked.Read(ref _node);

    public IReadOnlyDictionary<string, long> ByKind => _storage;

    public void Storage(string line)
    {
        if (Access().Match(line) is { Success: true } match)
        {
            _storage.AddOrUpdate($"{match.Groups["method"].Value} {Kind(match.Groups["path"].Value)}", 1, (_, count) => count + 1);
        }
    }

    public void Node(string line)
    {
        if (line.StartsWith("eth_", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _node);
        }
    }

    public void Reset()
    {
        _storage.Clear();
        Interlocked.Exchange(ref _node, 0);
    }

    /// <summary>What the timers do by themselves, a second.</summary>
    public async Task<(double Storage, double Node)> IdleAsync(TimeSpan during, CancellationToken cancellation)
    {
        Reset();
        await Task.Delay(during, cancellation);
        return (StorageTotal / during.TotalSeconds, NodeTotal / during.TotalSeconds);
    }

    private static string Kind(string path)
    {
        var resource = path.Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(1).FirstOrDefault() ?? "";
        return Key().Replace(resource, "()");
    }

    [GeneratedRegex("\"(?<method>[A-Z]+) (?<path>/[^ ]*) HTTP")]
    private static partial Regex Access();

    [GeneratedRegex(@"\(.*\)$")]
    private static partial Regex Key();
}
