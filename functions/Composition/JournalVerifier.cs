using Custody.Core.Alerts;
using Custody.Core.Journals;
using Custody.Functions.Alerts;
using Custody.Functions.Governance;
using Custody.Storage;

namespace Custody.Functions.Composition;

/// <summary>Reads all journals again from their first line, since a running process otherwise reads only what is new. A broken one is a P1, and this process refuses it from then on.</summary>
public sealed class JournalVerifier(CustodyStorage storage, GovernanceSource governance, AlertDesk alerts)
{
    /// <summary>Reads them.</summary>
    public async Task VerifyAsync(CancellationToken cancellation)
    {
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
