namespace Custody.LocalRuntime.CrashHost;

/// <summary>Lines that survive this process's SIGKILL: what it has run and what it was told is stored.</summary>
internal sealed class CrashNotes(string path, string generation)
{
    private readonly Lock _lock = new();

    public void Add(string line)
    {
        lock (_lock)
        {
            File.AppendAllText(path, $"{generation} {line}\n");
        }
    }

    public bool Has(string line)
    {
        lock (_lock)
        {
            return File.Exists(path) && File.ReadLines(path).Any(there => there.EndsWith($" {line}", StringComparison.Ordinal));
        }
    }
}
