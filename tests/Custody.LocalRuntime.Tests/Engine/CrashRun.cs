using Azure.Data.Tables;
using Custody.Testing;
using Xunit;

namespace Custody.LocalRuntime.Tests.Engine;

/// <summary>A hub that is served by child processes, one generation after the other, each ended by SIGKILL or by being done.</summary>
internal sealed class CrashRun(EngineAzurite azurite, int instances) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _hub = azurite.NewHub();
    private int _generation;

    public string NotesPath => _folder.Of("notes.txt");

    /// <summary>Notes without their generation.</summary>
    public List<string> Notes => [.. Lines.Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])];

    private string[] Lines => File.Exists(NotesPath) ? File.ReadAllLines(NotesPath) : [];

    public ChildProcess Start(params string[] flags)
    {
        _generation++;
        return ChildProcess.Start(
            "engine host",
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Custody.LocalRuntime.CrashHost.dll"), azurite.Connection, _hub, NotesPath, $"{_generation}", $"{instances}", .. flags]);
    }

    /// <summary>How many generations ran an activity or had an event stored.</summary>
    public int GenerationsThatWorked => Lines
        .Select(line => line.Split(' '))
        .Where(words => words[1] is "ran" or "raised")
        .Select(words => words[0])
        .Distinct()
        .Count();

    /// <summary>Waits for notes, looking often: what is to be interrupted takes milliseconds.</summary>
    public async Task UntilAsync(ChildProcess host, Func<List<string>, bool> noted)
    {
        while (!noted(Notes))
        {
            Assert.True(!host.HasExited || noted(Notes), host.Output);
            await Task.Delay(1, EngineHost.Cancellation);
        }
    }

    /// <summary>The tasks of all instances whose completion is committed now, as "instance task".</summary>
    public async Task<HashSet<string>> CommittedAsync()
    {
        var committed = new HashSet<string>();
        await foreach (var row in HistoryAsync("EventType eq 'TaskCompleted'"))
        {
            committed.Add($"{row.PartitionKey} {row.GetInt32("TaskScheduledId")}");
        }

        return committed;
    }

    /// <summary>The tasks that the current generation has run.</summary>
    public List<string> RunsOfThisGeneration() =>
        [.. Lines.Where(line => line.StartsWith($"{_generation} ran ", StringComparison.Ordinal)).Select(line => line[$"{_generation} ran ".Length..])];

    /// <summary>The events that are committed, as "instance event".</summary>
    public async Task<HashSet<string>> EventsAsync()
    {
        var events = new HashSet<string>();
        await foreach (var row in HistoryAsync("EventType eq 'EventRaised'"))
        {
            events.Add($"{row.PartitionKey} {row.GetString("Name")}");
        }

        return events;
    }

    public async Task<Dictionary<string, string?>> OutputsAsync()
    {
        var outputs = new Dictionary<string, string?>();
        await foreach (var row in azurite.Tables().GetTableClient($"{_hub}Instances").QueryAsync<TableEntity>(cancellationToken: EngineHost.Cancellation))
        {
            outputs[row.PartitionKey] = row.GetString("RuntimeStatus") == "Completed" ? row.GetString("Output") : row.GetString("RuntimeStatus");
        }

        return outputs;
    }

    public void Dispose() => _folder.Dispose();

    private Azure.AsyncPageable<TableEntity> HistoryAsync(string filter) =>
        azurite.Tables().GetTableClient($"{_hub}History").QueryAsync<TableEntity>(filter, cancellationToken: EngineHost.Cancellation);
}
