using Custody.Core.Assets;
using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Functions.Alerts;

namespace Custody.Functions.Chains;

/// <summary>
/// Holds the host's clock against the chains' before anything is dated from which a delay counts: by a clock that was set back the
/// line would be old when it is written, and the delay past when the clock is right again.
/// </summary>
public sealed class HostClock(IChainClock chains, AlertDesk alerts, TimeProvider time)
{
    /// <summary>Both clocks, and whether the host's may date anything.</summary>
    public async Task<(Clocks Now, Verdict Verdict)> ReadAsync(ChainId chain, Governed governed, CancellationToken cancellation)
    {
        var newest = await chains.NewestFinalAsync(chain, governed, cancellation);
        var now = new Clocks(time.GetUtcNow(), newest);
        var verdict = HostClockRule.Check(now);
        if (verdict.Code == RefusalCode.HostClockBehind)
        {
            await alerts.RaiseClockAsync(verdict.Detail, cancellation);
        }

        return (now, verdict);
    }

    /// <summary>Whether the host's clock may date what every governed chain's time must later be past for: each must give one.</summary>
    public async Task<Verdict> CheckAllAsync(Governed governed, CancellationToken cancellation)
    {
        foreach (var chain in governed.Document.Chains)
        {
            var (_, verdict) = await ReadAsync(chain.Id, governed, cancellation);
            if (!verdict.IsAllowed)
            {
                return verdict;
            }
        }

        return Verdict.Allowed;
    }
}
