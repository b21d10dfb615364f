using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Custody.Bench.Engine;

/// <summary>Counts what goes over the wire, retries included, by kind; and the rows in each batch.</summary>
internal sealed partial class RequestCounter : HttpPipelineSynchronousPolicy
{
    private readonly ConcurrentDictionary<string, int> _kinds = new();
    private int _rows;
    private bool _countsRows;

    public IReadOnlyDictionary<string, int> Kinds => new SortedDictionary<string, int>(_kinds);

    public int Total => _kinds.Values.Sum();

    /// <summary>Rows written by batches, sentinels included.</summary>
    public int BatchRows => _rows;

    /// <summary>Starts over. Counting rows means to write each batch's body twice: not while time is measured.</summary>
    public void Reset(bool countRows)
    {
        _kinds.Clear();
        _rows = 0;
        _countsRows = countRows;
    }

    public override void OnSendingRequest(HttpMessage message)
    {
        var request = message.Request;
        var path = request.Uri.ToUri().AbsolutePath;
        var table = path.Contains("Instances", StringComparison.Ordinal) ? "Instances"
            : path.Contains("History", StringComparison.Ordinal) ? "History"
            : path.EndsWith("$batch", StringComparison.Ordinal) ? "History batch"
            : path.Contains("/Tables", StringComparison.Ordinal) ? "Tables" : "blob";
        _kinds.AddOrUpdate($"{request.Method.Method,-6} {table}", 1, (_, count) => count + 1);
        if (_countsRows && table == "History batch" && request.Content is { } content)
        {
            using var body = new MemoryStream();
            content.WriteTo(body, CancellationToken.None);
            Interlocked.Add(ref _rows, Operation().Count(System.Text.Encoding.UTF8.GetString(body.ToArray())));
        }
    }

    [GeneratedRegex("^(POST|PUT|PATCH|MERGE|DELETE) http", RegexOptions.Multiline)]
    private static partial Regex Operation();
}
