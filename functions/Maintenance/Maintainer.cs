using System.Globalization;
using Custody.Core.Alerts;
using Custody.Core.Assets;
using Custody.Functions.Alerts;
using Custody.Functions.Chains;
using Custody.Functions.Governance;

namespace Custody.Functions.Maintenance;

/// <summary>The upkeep of one chain's accounts: tells of gaps, and takes what was ordered further.</summary>
public sealed class Maintainer(GovernanceSource governance, ChainNodes nodes, GapReader gaps, UpkeepRunner filler, AlertDesk alerts, TimeProvider time)
{
    /// <summary>Does both, where the node is on the governed chain; the watch tells where it is not.</summary>
    public async Task RunAsync(ChainId id, CancellationToken cancellation)
    {
        if (await governance.ReadAsync(cancellation) is not GovernanceSnapshot.InForce { Governed: var governed } || governed.Chain(id) is not { } chain
            || !(await nodes.CheckAsync(chain, cancellation)).IsAllowed)
        {
            return;
        }

        await gaps.TellAsync(chain, governed, cancellation);
        try
        {
            await filler.RunAsync(chain, governed, cancellation);
        }
        catch (InvalidDataException damaged)
        {
            await alerts.RaiseAsync(AlertCode.TamperedDocument, "upkeep", damaged.Message, cancellation, time.GetUtcNow().ToString("yyyyMMdd", CultureInfo.InvariantCulture));
        }
    }
}
