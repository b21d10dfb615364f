using Custody.Chains.Evm;
using Custody.Core.Assets;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Custody.Functions.Chains;

/// <summary>The watch, on a timer: every chain that has a node.</summary>
public sealed partial class WatchFunction(Watcher watcher, ChainNodes nodes, ILogger<WatchFunction> log)
{
    /// <summary>Follows each chain; a node that does not answer is asked again by the next run.</summary>
    [Function("Watch")]
    public async Task RunAsync(
        [TimerTrigger("%Custody:Schedules:Watch%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        foreach (var chain in nodes.Chains.Where(c => c.IsEvm))
        {
            try
            {
                await watcher.RunAsync(chain, client, cancellation);
            }
            catch (Exception problem) when (problem is NodeUnavailableException or NodeAnswerException)
            {
                NotWatched(log, chain, problem.Message);
            }
        }
    }

    [LoggerMessage(7001, LogLevel.Warning, "{Chain} could not be watched: {Reason}")]
    private static partial void NotWatched(ILogger log, ChainId chain, string reason);
}
