namespace Custody.Testing.World;

/// <summary>
/// Counts the effects on the outside of whoever uses the in-memory stores and vault, and can be told to fail before or
/// after the k-th, or to do something there.
/// </summary>
public sealed class Effects
{
    private readonly List<string> _names = [];
    private readonly Lock _lock = new();

    /// <summary>Called with the effect's number (from 1), its name, and whether it has happened; may throw.</summary>
    public Action<int, string, bool>? Interrupt { get; set; }

    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_lock)
            {
                return [.. _names];
            }
        }
    }

    public async Task<T> RunAsync<T>(string name, Func<T> effect)
    {
        int number;
        lock (_lock)
        {
            _names.Add(name);
            number = _names.Count;
        }

        await Task.Yield();
        Interrupt?.Invoke(number, name, false);
        var result = effect();
        Interrupt?.Invoke(number, name, true);
        return result;
    }
}

/// <summary>The process died here.</summary>
public sealed class SimulatedCrashException(string where) : Exception(where);
