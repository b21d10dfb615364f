using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Custody.Functions.Whitelist;

/// <summary>Starts and wakes entries' orchestrations. Both only help: what is stored counts, and the sweeper repeats what fails here.</summary>
public sealed partial class WhitelistStarter(ILogger<WhitelistStarter> log)
{
    /// <summary>Starts an entry's orchestration under the entry's key.</summary>
    public async Task TryStartAsync(DurableTaskClient client, string key, CancellationToken cancellation)
    {
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(WhitelistV1), null, new StartOrchestrationOptions(key), cancellation);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            NotStarted(log, problem, key);
        }
    }

    /// <summary>Wakes an entry's orchestration.</summary>
    public async Task TryWakeAsync(DurableTaskClient client, string key, CancellationToken cancellation)
    {
        try
        {
            await client.RaiseEventAsync(key, WhitelistWake.Changed, new WhitelistWake(1), cancellation);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            NotWoken(log, problem, key);
        }
    }

    [LoggerMessage(1300, LogLevel.Warning, "The orchestration of the whitelist entry {Key} could not be started; the sweeper will start it")]
    private static partial void NotStarted(ILogger log, Exception problem, string key);

    [LoggerMessage(1301, LogLevel.Warning, "The orchestration of the whitelist entry {Key} could not be woken; the sweeper will wake it")]
    private static partial void NotWoken(ILogger log, Exception problem, string key);
}
