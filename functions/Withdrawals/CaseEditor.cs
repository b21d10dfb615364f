using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Functions.Telemetry;
using Microsoft.Extensions.Logging;

namespace Custody.Functions.Withdrawals;

/// <summary>Changes withdrawal files: reads, lets a rule decide on what was read, commits conditionally, and begins again when somebody else was faster.</summary>
public sealed partial class CaseEditor(IWithdrawalStore store, TimeProvider time, ILogger<CaseEditor> log)
{
    private const int MaxTries = 50;

    /// <summary>
    /// Edits until the commit succeeds or <paramref name="decide"/> returns null for "nothing to change". Returns the state
    /// afterwards. The decision may run several times and must have no effect that is not idempotent.
    /// </summary>
    public async Task<WithdrawalState> EditAsync(string id, Func<WithdrawalCase, CaseChange?> decide, CancellationToken cancellation) =>
        await EditAsync(await RequireAsync(id, cancellation), decide, cancellation);

    /// <summary>The same, beginning with a file that was just read.</summary>
    public async Task<WithdrawalState> EditAsync(WithdrawalCase file, Func<WithdrawalCase, CaseChange?> decide, CancellationToken cancellation)
    {
        var id = file.State.Id;
        for (var tries = 0; tries < MaxTries; tries++)
        {
            if (decide(file) is not { } change)
            {
                return file.State;
            }

            var next = change.Next with { UpdatedAt = time.GetUtcNow() };
            if (await store.CommitAsync(file, change with { Next = next }, cancellation) == CommitOutcome.Committed)
            {
                Measures.Moved(file.State, next);
                if (next.Status != file.State.Status)
                {
                    Moved(log, id, file.State.Status, next.Status, next.Reason.Text());
                }

                return next;
            }

            file = await RequireAsync(id, cancellation);
        }

        throw new InvalidOperationException($"The withdrawal {id} changed {MaxTries} times while it was being changed.");
    }

    /// <summary>Reads a file that must be there.</summary>
    public async Task<WithdrawalCase> RequireAsync(string id, CancellationToken cancellation) =>
        await store.LoadAsync(id, cancellation) ?? throw new InvalidOperationException($"There is no withdrawal {id}.");

    [LoggerMessage(1200, LogLevel.Information, "{WithdrawalId} went from {From} to {To} ({Reason})")]
    private static partial void Moved(ILogger log, string withdrawalId, WithdrawalStatus from, WithdrawalStatus to, string reason);
}
