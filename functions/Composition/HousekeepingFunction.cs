using Custody.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Custody.Functions.Composition;

/// <summary>Every hour: reads all journals again from their first line, and forgets call tokens that have expired.</summary>
public sealed class HousekeepingFunction(CustodyStorage storage, JournalVerifier journals, TimeProvider time)
{
    /// <summary>Runs it.</summary>
    [Function("Housekeeping")]
    public async Task RunAsync([TimerTrigger("0 7 * * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        await storage.TokenUses.PurgeAsync(time.GetUtcNow(), cancellation);
        await journals.VerifyAsync(cancellation);
    }
}
