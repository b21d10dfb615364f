namespace Custody.Chains.Evm;

/// <summary>
/// Which providers are set aside for now, in this process's memory. It can only refuse: what counts stays a majority of all that
/// are configured, so a provider that is left out makes an answer harder to reach and never easier.
/// </summary>
internal sealed class ProviderStandings(NodeQuorumTerms terms, TimeProvider time)
{
    private const int MostOpen = 1000;
    private static readonly Standing Good = new(NodeReportKind.Unknown, DateTimeOffset.MinValue, 0);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Standing> _standings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OpenQuestion> _open = new(StringComparer.Ordinal);

    /// <summary>True while a provider's answers do not count, for it contradicted the majority or lags.</summary>
    public bool IsSetAside(string provider) =>
        Of(provider) is { Kind: NodeReportKind.Disagrees or NodeReportKind.Lags } standing && time.GetUtcNow() < standing.Until;

    /// <summary>True while a provider is not worth asking, for it does not answer.</summary>
    public bool Rests(string provider) => Of(provider) is { Kind: NodeReportKind.Silent } standing && time.GetUtcNow() < standing.Until;

    /// <summary>
    /// Whether a provider that agrees is one that was set aside, and has not been for as long again: whoever lies about one thing
    /// agrees about others in between.
    /// </summary>
    public bool MayReturn(string provider) => Of(provider) is { Kind: not NodeReportKind.Unknown } standing && time.GetUtcNow() >= standing.Until + Length(standing.Kind);

    /// <summary>Whether people do not know it yet.</summary>
    public bool IsNews(string provider, NodeReportKind kind) => Of(provider).Kind != kind;

    /// <summary>Sets a provider aside for a while.</summary>
    public void SetAside(string provider, NodeReportKind kind) => Change(
        provider, s => s with { Kind = kind, Until = time.GetUtcNow() + Length(kind) });

    /// <summary>A provider counts as any other again.</summary>
    public void Restore(string provider) => Change(provider, _ => Good);

    /// <summary>Counts a question without an answer; true when it was one too many.</summary>
    public bool Missed(string provider) => Change(provider, s => s with { Faults = s.Faults + 1 }).Faults >= terms.MostFaults;

    /// <summary>A provider answered, whatever it said.</summary>
    public void Answered(string provider) => Change(provider, s => s with { Faults = 0 });

    /// <summary>A question has an answer.</summary>
    public void Settled(string question)
    {
        lock (_lock)
        {
            _open.Remove(question);
        }
    }

    /// <summary>A question has none; true when that has been so for longer than people should not know of it.</summary>
    public bool IsOverdue(string question)
    {
        lock (_lock)
        {
            if (_open.Count >= MostOpen)
            {
                // Questions that nobody asked again.
                _open.Clear();
            }

            var now = time.GetUtcNow();
            var open = _open.TryGetValue(question, out var earlier) && now - earlier.Last <= terms.SetAside
                ? earlier with { Last = now }
                : new OpenQuestion(now, now, DateTimeOffset.MinValue);
            _open[question] = open;
            return now - open.Since >= terms.Patience && now >= open.NotAgainBefore;
        }
    }

    /// <summary>People were told that a question has no answer, which is enough for a while.</summary>
    public void Told(string question)
    {
        lock (_lock)
        {
            if (_open.TryGetValue(question, out var open))
            {
                _open[question] = open with { NotAgainBefore = time.GetUtcNow() + terms.SetAside };
            }
        }
    }

    /// <summary>Whether something was asked lately and had no answer, nor has it had one since.</summary>
    public bool HasOpen()
    {
        lock (_lock)
        {
            var recent = time.GetUtcNow() - terms.SetAside;
            return _open.Values.Any(o => o.Last >= recent);
        }
    }

    private TimeSpan Length(NodeReportKind kind) => kind == NodeReportKind.Silent ? terms.Rest : terms.SetAside;

    private Standing Of(string provider)
    {
        lock (_lock)
        {
            return _standings.GetValueOrDefault(provider, Good);
        }
    }

    private Standing Change(string provider, Func<Standing, Standing> change)
    {
        lock (_lock)
        {
            return _standings[provider] = change(_standings.GetValueOrDefault(provider, Good));
        }
    }

    private sealed record Standing(NodeReportKind Kind, DateTimeOffset Until, int Faults);

    private sealed record OpenQuestion(DateTimeOffset Since, DateTimeOffset Last, DateTimeOffset NotAgainBefore);
}
