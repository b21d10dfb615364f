using Custody.Core.Alerts;
using Custody.Core.Journals;
using Custody.Functions.Alerts;
using Custody.Functions.Governance;
using Custody.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Custody.Functions.Composition;

/// <summary>
/// Every hour: reads all journals again from their first line, since a running process otherwise reads only what is new, and
/// forgets call tokens that have expired.
/// </summary>
public sealed class HousekeepingFunction(CustodyStorage storage, GovernanceSource governance, AlertDesk alerts, TimeProvider time)
{
    /// <summary>Runs it. A broken journal is a P1; from then on this process refuses it as well.</summary>
    [Function("Housekeeping")]
    public async Task RunAsync([TimerTrigger("0 7 * * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        await storage.TokenUses.PurgeAsync(time.GetUtcNow(), cancellation);
        await VerifyAsync("stop", () => storage.StopJournal.VerifyAsync(cancellation), cancellation);
        if (await governance.ReadAsync(cancellation) is GovernanceSnapshot.InForce { Governed: var governed })
        {
            foreach (var vault in governed.EveryVault)
            {
                await VerifyAsync($"signing/{vault.Id}", () => storage.SigningJournals.VerifyAsync(vault.Id, cancellation), cancellation);
            }
        }
    }

    private async Task VerifyAsync(string journal, Func<Task> verify, CancellationToken cancellation)
    {
        try
        {
            await verify();
        }
        catch (JournalBrokenException broken)
        {
            await alerts.RaiseAsync(AlertCode.JournalBroken, journal, broken.Message, cancellation);
        }
    }
}
