using System.Globalization;
using Custody.Chains.Evm;
using Custody.Core.Alerts;
using Custody.Core.Audit;
using Custody.Core.Encoding;
using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Functions.Alerts;

namespace Custody.Functions.Chains;

/// <summary>Tells when the host's clock and a chain's newest block differ: an alert a day and a record of the chain's clock. It stops nothing.</summary>
public sealed class ClockWatch(ChainNodes nodes, AlertDesk alerts, IAuditTrail trail, TimeProvider time)
{
    /// <summary>The audit subject of a chain's clock.</summary>
    public static string Subject(ChainRegistration chain) => $"clock-{chain.Id.ToString().Replace(':', '-')}";

    /// <summary>Compares the clocks; a chain without a newest block says nothing.</summary>
    public async Task CompareAsync(ChainRegistration chain, CancellationToken cancellation)
    {
        if (await nodes.Of(chain.Id).HeaderAsync(BlockReference.Latest, cancellation) is not { } newest)
        {
            return;
        }

        var host = time.GetUtcNow();
        var difference = ClockRule.Compare(chain, newest.Timestamp, host);
        if (difference == ClockDifference.None)
        {
            return;
        }

        var (action, ahead) = difference == ClockDifference.HostAhead ? ("host-ahead", "ahead of") : ("host-behind", "behind");
        var detail = $"The host's clock, {InstantJsonConverter.Format(host)}, is {ahead} the newest block of {chain.Id}, number {newest.Number}, {InstantJsonConverter.Format(newest.Timestamp)}.";
        var day = host.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        if (await alerts.RaiseAsync(AlertCode.ClockDiffers, chain.Id.ToString(), detail, cancellation, $"{action} {day}"))
        {
            await trail.AppendAsync(Subject(chain), [new AuditEvent("watch", action, "pipeline", Detail: detail)], cancellation);
        }
    }
}
