using Custody.Core.Alerts;
using Custody.Core.Storage;
using Custody.Functions.Alerts;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Custody.Functions.Whitelist;

/// <summary>The sweep of the whitelist, on the sweeper's timer: every open entry.</summary>
public sealed partial class WhitelistSweepFunction(IWhitelistStore store, WhitelistSweeper sweeper, AlertDesk alerts, ILogger<WhitelistSweepFunction> log)
{
    /// <summary>Runs a sweep. One entry that cannot be swept does not keep the others waiting.</summary>
    [Function("SweepWhitelist")]
    public async Task RunAsync(
        [TimerTrigger("%Custody:Schedules:Sweep%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        await foreach (var key in store.OpenAsync(cancellation))
        {
            try
            {
                await sweeper.SweepAsync(client, key, cancellation);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                NotSwept(log, problem, key);
                if (problem is InvalidDataException)
                {
                    await alerts.RaiseAsync(AlertCode.TamperedDocument, key, $"A whitelist entry's file cannot be read: {problem.Message}", cancellation);
                }
            }
        }
    }

    [LoggerMessage(1302, LogLevel.Error, "The whitelist entry {Key} could not be swept")]
    private static partial void NotSwept(ILogger log, Exception problem, string key);
}
