using System.Collections.Concurrent;
using System.Diagnostics;

namespace Custody.LocalRuntime.Tests.Hosting;

/// <summary>Keeps the spans of the local runtime that end while it lives.</summary>
internal sealed class SpanRecorder : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public SpanRecorder()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Custody.LocalRuntime",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IEnumerable<string> NamesOf(ActivityTraceId trace) => _ended.Where(span => span.TraceId == trace).Select(span => span.OperationName).Order(StringComparer.Ordinal);

    public void Dispose() => _listener.Dispose();
}
