using System.Diagnostics;
using System.Text.Json;

namespace Custody.LocalStack.Processes;

/// <summary>
/// The children that run now, in a file: a stack that was killed could not stop them, so the next one does. A process is known
/// by its id and its start time together, since ids are used again.
/// </summary>
internal sealed class ChildLedger(string path)
{
    private readonly Lock _lock = new();
    private List<Entry> _entries = File.Exists(path) ? JsonSerializer.Deserialize<List<Entry>>(File.ReadAllBytes(path)) ?? [] : [];

    /// <summary>Notes a child.</summary>
    public void Add(string name, int id) => Change(entries => [.. entries, new Entry(name, id, StartOf(id) ?? "")]);

    /// <summary>Forgets a child that has ended.</summary>
    public void Remove(int id) => Change(entries => [.. entries.Where(e => e.Id != id)]);

    /// <summary>Ends what an earlier stack left running, the last started first; returns the names.</summary>
    public async Task<IReadOnlyList<string>> EndLeftoversAsync()
    {
        var left = _entries.Where(e => e.Started.Length > 0 && StartOf(e.Id) == e.Started).Reverse().ToList();
        foreach (var entry in left)
        {
            try
            {
                using var process = Process.GetProcessById(entry.Id);
                await Ending.EndAsync(process);
            }
            catch (ArgumentException)
            {
                // It ended between the two looks.
            }
        }

        Change(_ => []);
        return [.. left.Select(e => e.Name)];
    }

    // Field 22 of the kernel's line about a process, counted from behind the name, which may hold spaces.
    private static string? StartOf(int id)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{id}/stat");
            return line[(line.LastIndexOf(')') + 2)..].Split(' ')[19];
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private void Change(Func<List<Entry>, List<Entry>> change)
    {
        lock (_lock)
        {
            _entries = change(_entries);
            File.WriteAllBytes(path + ".part", JsonSerializer.SerializeToUtf8Bytes(_entries));
            File.Move(path + ".part", path, overwrite: true);
        }
    }

    private sealed record Entry(string Name, int Id, string Started);
}
