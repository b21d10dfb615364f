namespace Custody.Scenarios.Crashes;

/// <summary>A payment whose side effects are counted, and one of which fails.</summary>
internal sealed class WatchedPayment(int number, string id, Way way, Fault fault, CrashPoint? at)
{
    private readonly Lock _lock = new();
    private readonly List<string> _effects = [];
    private readonly HashSet<string> _requests = new(StringComparer.Ordinal);
    private readonly HashSet<string> _digests = new(StringComparer.Ordinal);
    private string? _struck;

    /// <summary>Which one it is in its world.</summary>
    public int Number => number;

    /// <summary>What scripts would call it.</summary>
    public string Name => $"w{number}";

    /// <summary>The withdrawal's id.</summary>
    public string Id => id;

    /// <summary>How it ends when nothing fails.</summary>
    public Way Way => way;

    /// <summary>What becomes of the effect.</summary>
    public Fault Fault => fault;

    /// <summary>Which effect it becomes of; null: of none.</summary>
    public CrashPoint? At => at;

    /// <summary>Whether it came to that effect.</summary>
    public TaskCompletionSource Struck { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How often operators had to help.</summary>
    public int Helped { get; set; }

    /// <summary>The effects so far, in their order.</summary>
    public IReadOnlyList<string> Effects
    {
        get
        {
            lock (_lock)
            {
                return [.. _effects];
            }
        }
    }

    /// <summary>For messages: what failed, and where.</summary>
    public string Story => $"{Name} ({way}, {fault} at {at})";

    /// <summary>Whether a request's text is about this payment.</summary>
    public bool IsIn(string text)
    {
        lock (_lock)
        {
            return text.Contains(id, StringComparison.Ordinal) || _digests.Any(d => text.Contains(d, StringComparison.Ordinal));
        }
    }

    /// <summary>From now on what names this digest is about this payment: the signing journal said so.</summary>
    public void KnownBy(string digest)
    {
        lock (_lock)
        {
            _digests.Add(digest);
        }
    }

    /// <summary>Counts an effect and says what becomes of it. The tries of one request are one effect.</summary>
    public (Fault Fault, bool Again) Count(string effect, string? request)
    {
        lock (_lock)
        {
            if (request is not null && !_requests.Add(request))
            {
                return (request == _struck ? fault : Fault.None, true);
            }

            _effects.Add(effect);
            if (effect != at?.Effect || _effects.Count(e => e == effect) != at.Occurrence)
            {
                return (Fault.None, false);
            }

            _struck = request;
        }

        Struck.TrySetResult();
        return (fault, false);
    }
}
