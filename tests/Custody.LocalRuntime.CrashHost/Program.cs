using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Custody.LocalRuntime.CrashHost;
using Custody.LocalRuntime.Engine;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging.Abstractions;

// Arguments: connection string, hub, notes file, generation, instances to drive, "hang" to make the third activity never end.
var (connection, hub) = (args[0], args[1]);
var notes = new CrashNotes(args[2], args[3]);
var instances = int.Parse(args[4], System.Globalization.CultureInfo.InvariantCulture);
var hang = args.Contains("hang");

var catalog = new DurableCatalog(
    new Dictionary<string, Func<TaskOrchestrationContext, Task<object?>>>
    {
        ["Walk"] = async context =>
        {
            var steps = new List<string>();
            for (var i = 0; i < 3; i++)
            {
                steps.Add(await context.CallActivityAsync<string>("Step", $"s{i}"));
            }

            context.SetCustomStatus("waiting");
            steps.Add(await context.WaitForExternalEvent<string>("e0"));
            steps.Add(await context.WaitForExternalEvent<string>("e1"));
            await context.CreateTimer(TimeSpan.FromMilliseconds(20), CancellationToken.None);
            steps.AddRange(await Task.WhenAll(Enumerable.Range(3, 3).Select(i => context.CallActivityAsync<string>("Step", $"s{i}"))));
            return string.Join(',', steps);
        },
    },
    new Dictionary<string, Func<ActivityCall, Task<object?>>>
    {
        ["Step"] = async call =>
        {
            notes.Add($"ran {call.InstanceId} {call.TaskId}");
            await Task.Delay(hang && call.TaskId == 2 ? Timeout.Infinite : 5, call.Cancellation);
            return call.Converter.Deserialize<string>(call.SerializedInput);
        },
    });

await using var engine = DurableEngine.Create(
    new DurableEngineOptions { HubName = hub, ExtendedSessions = args.Contains("extended") },
    new TableServiceClient(connection), new BlobServiceClient(connection), catalog, TimeProvider.System, NullLoggerFactory.Instance);
await engine.StartAsync(CancellationToken.None);
notes.Add("started");
var drives = Task.WhenAll(Enumerable.Range(0, instances).Select(DriveAsync));
var first = await Task.WhenAny(drives, engine.Stopped);
if (first == engine.Stopped)
{
    notes.Add($"stopped {await engine.Stopped}");
    return 3;
}

await drives;
notes.Add("done");
return 0;

async Task DriveAsync(int i)
{
    var id = $"w-{i}";
    if (!notes.Has($"scheduled {id}"))
    {
        // A start that was stored but not acknowledged is there already; that is as good.
        if (await engine.Client.GetInstanceAsync(id) is null)
        {
            await engine.Client.ScheduleNewOrchestrationInstanceAsync("Walk", null, new StartOrchestrationOptions(id));
        }

        notes.Add($"scheduled {id}");
    }

    for (var e = 0; e < 2; e++)
    {
        if (!notes.Has($"raised {id} e{e}") && await engine.Client.GetInstanceAsync(id) is { IsCompleted: false })
        {
            try
            {
                await engine.Client.RaiseEventAsync(id, $"e{e}", $"e{e}");
                notes.Add($"raised {id} e{e}");
            }
            catch (InvalidOperationException ended) when (ended.Message.Contains("already ended", StringComparison.Ordinal))
            {
                // Stored before the last crash though not acknowledged, and enough for the instance to end.
            }
        }
    }

    await engine.Client.WaitForInstanceCompletionAsync(id);
}
