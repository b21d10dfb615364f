using Custody.Core.Encoding;
using Custody.Core.Journals;

namespace Custody.Testing.World;

public sealed class MemoryStopJournal(IEnumerable<StopEntry> lines, TimeProvider time, Effects effects) : IStopJournal
{
    private readonly List<StopEntry> _lines = [.. lines];

    /// <summary>Set: every reading fails with it.</summary>
    public string? Broken { get; set; }

    public Task<JournalReading<StopView>> ReadAsync(CancellationToken cancellation) => effects.RunAsync("stops.read", Reading);

    public Task<JournalReading<StopView>> AppendAsync(Func<JournalReading<StopView>, StopFact?> decide, CancellationToken cancellation) => effects.RunAsync(
        "stops.append",
        () =>
        {
            lock (_lines)
            {
                if (decide(Reading()) is { } fact)
                {
                    Add(fact);
                }

                return Reading();
            }
        });

    /// <summary>Appends at once, as another process would.</summary>
    public void Add(StopFact fact, DateTimeOffset? at = null)
    {
        lock (_lines)
        {
            _lines.Add(StopLines.Next(_lines[^1], fact, at ?? time.GetUtcNow()));
        }
    }

    private JournalReading<StopView> Reading()
    {
        lock (_lines)
        {
            return Broken is null
                ? new(_lines.Aggregate(StopView.Empty, (view, line) => view.With(line)), new JournalHead(_lines[^1].Sequence, JournalLine.Hash(CanonicalJson.Serialize(_lines[^1]))))
                : throw new JournalBrokenException(Broken);
        }
    }
}
