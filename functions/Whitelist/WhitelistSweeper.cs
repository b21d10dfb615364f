using Custody.Core.Alerts;
using Custody.Core.Storage;
using Custody.Core.Whitelisting;
using Custody.Functions.Alerts;
using Custody.Functions.Governance;
using Microsoft.DurableTask.Client;

namespace Custody.Functions.Whitelist;

/// <summary>
/// Compares an open entry with its orchestration and mends what was lost: never started or ended early, it starts it; something
/// stored that it has not seen, it wakes it. Nothing is lost by starting again: every stage verifies everything and repeats nothing.
/// </summary>
public sealed class WhitelistSweeper(IWhitelistStore store, GovernanceSource governance, WhitelistStarter starter, AlertDesk alerts, TimeProvider time)
{
    /// <summary>How far behind a stage may be before it is woken: less is only being slow.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(1);

    /// <summary>Sweeps one entry.</summary>
    public async Task SweepAsync(DurableTaskClient client, string key, CancellationToken cancellation)
    {
        if (await store.LoadAsync(key, cancellation) is not { } file)
        {
            // Listed first, created never: the caller was not told that it was accepted.
            return;
        }

        if (!file.State.Status.IsOpen())
        {
            await store.CloseAsync(key, cancellation);
            return;
        }

        var instance = await client.GetInstanceAsync(key, cancellation);
        if (instance is { RuntimeStatus: OrchestrationRuntimeStatus.Suspended })
        {
            await alerts.RaiseAsync(AlertCode.OrphanedInstance, file.State.EntryId, "The orchestration of the whitelist entry is suspended, so the entry stands still.", cancellation);
        }
        else if (instance is { RuntimeStatus: OrchestrationRuntimeStatus.Pending or OrchestrationRuntimeStatus.Running })
        {
            if (await IsLateAsync(file, cancellation))
            {
                await starter.TryWakeAsync(client, key, cancellation);
            }
        }
        else
        {
            if (instance is { RuntimeStatus: not OrchestrationRuntimeStatus.Completed } || (instance is null && file.State.Status != WhitelistStatus.Proposed))
            {
                await alerts.RaiseAsync(
                    AlertCode.OrphanedInstance, file.State.EntryId,
                    $"The orchestration was {instance?.RuntimeStatus.ToString() ?? "purged"} while the whitelist entry was {WhitelistView.Text(file.State.Status)}; it was started again.", cancellation);
            }

            await starter.TryStartAsync(client, key, cancellation);
        }
    }

    private async Task<bool> IsLateAsync(WhitelistFile file, CancellationToken cancellation)
    {
        if (await governance.ReadAsync(cancellation) is not GovernanceSnapshot.InForce inForce || time.GetUtcNow() - file.State.UpdatedAt < Late)
        {
            return false;
        }

        return file.State.Status == WhitelistStatus.AwaitingApproval
            && (file.Signed() is not { } signed || WhitelistReader.Read(signed) is not { } entry
                || ActivationRule.Check(signed, entry, inForce.Governed, inForce.Stops, time.GetUtcNow()) is { Verdict.IsAllowed: true } or { MayWait: false });
    }
}
