using Custody.Chains.Evm;
using Custody.Core.Assets;
using Custody.Functions.Chains;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Custody.Functions.Maintenance;

/// <summary>The upkeep, as often as the watch and beside it, so that nothing about a fill keeps a block from being read.</summary>
public sealed partial class MaintainFunction(Maintainer maintainer, ChainNodes nodes, ILogger<MaintainFunction> log)
{
    /// <summary>Looks after each chain; a node that does not answer is asked again by the next run.</summary>
    [Function("Maintain")]
    public async Task RunAsync([TimerTrigger("%Custody:Schedules:Watch%")] TimerInfo timer, CancellationToken cancellation)
    {
        foreach (var chain in nodes.Chains.Where(c => c.IsEvm))
        {
            try
            {
                await maintainer.RunAsync(chain, cancellation);
            }
            catch (Exception problem) when (problem is NodeUnavailableException or NodeAnswerException)
            {
                NotMaintained(log, chain, problem.Message);
            }
        }
    }

    [LoggerMessage(7003, LogLevel.Warning, "{Chain} could not be looked after: {Reason}")]
    private static partial void NotMaintained(ILogger log, ChainId chain, string reason);
}
