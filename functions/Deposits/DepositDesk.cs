using Custody.Chains.Evm;
using Custody.Core.Alerts;
using Custody.Core.Assets;
using Custody.Core.Deposits;
using Custody.Core.Storage;
using Custody.Functions.Alerts;
using Custody.Functions.Chains;
using Custody.Functions.Telemetry;
using Microsoft.Extensions.Logging;

namespace Custody.Functions.Deposits;

/// <summary>
/// Records deposits as the watcher follows the chain: seen, final, or orphaned. What is not deep enough stands among the watcher's pending
/// rows, which it reads for each block in any case. Each step may be repeated.
/// </summary>
public sealed partial class DepositDesk(IDepositStore deposits, IWatchStore watch, ChainNodes nodes, AlertDesk alerts, TimeProvider time, ILogger<DepositDesk> log)
{
    private const int PageSize = 100;

    /// <summary>Whether what waits for depth is a deposit and no withdrawal's payment.</summary>
    public static bool IsDeposit(PendingConfirmation pending) => pending.WithdrawalId.StartsWith(Deposit.Prefix, StringComparison.Ordinal);

    /// <summary>Records one, and remembers it until it is deep enough.</summary>
    public async Task SeeAsync(Deposit deposit, CancellationToken cancellation)
    {
        if (await deposits.SeeAsync(deposit, time.GetUtcNow(), cancellation))
        {
            Tell(deposit.Id(), deposit.Asset, DepositStatus.Seen);
        }

        // The id tells two logs of one transaction apart.
        await watch.AddPendingAsync(
            deposit.Asset.Chain, new PendingConfirmation(deposit.BlockNumber, deposit.BlockHash, $"{deposit.TransactionId}.{deposit.Id()}", deposit.Id()), cancellation);
    }

    /// <summary>It is deep enough.</summary>
    public async Task FinishAsync(ChainId chain, PendingConfirmation pending, CancellationToken cancellation)
    {
        if (await deposits.FinishAsync(chain, pending.BlockNumber, pending.WithdrawalId, time.GetUtcNow(), cancellation))
        {
            Tell(pending.WithdrawalId, chain, DepositStatus.Final);
        }
    }

    /// <summary>Its block left the chain.</summary>
    public async Task OrphanAsync(ChainId chain, PendingConfirmation pending, CancellationToken cancellation)
    {
        if (await deposits.OrphanAsync(chain, pending.BlockNumber, pending.WithdrawalId, time.GetUtcNow(), cancellation))
        {
            Tell(pending.WithdrawalId, chain, DepositStatus.Orphaned);
        }
    }

    /// <summary>
    /// Looks at what was final above a block that the chain went back to: what is in no block of the chain any more is told and posted back.
    /// </summary>
    public async Task LookAgainAsync(ChainId chain, ulong above, CancellationToken cancellation)
    {
        string? page = null;
        do
        {
            var read = await deposits.ListAsync(chain, PageSize, page, cancellation);
            foreach (var recorded in read.Items.Where(d => d.Status == DepositStatus.Final && d.Deposit.BlockNumber > above))
            {
                await LookAgainAsync(recorded.Deposit, cancellation);
            }

            // The highest come first.
            page = read.Items is [.., var last] && last.Deposit.BlockNumber > above ? read.Continuation : null;
        }
        while (page is not null);
    }

    private async Task LookAgainAsync(Deposit deposit, CancellationToken cancellation)
    {
        var chain = deposit.Asset.Chain;
        if ((await nodes.Of(chain).HeaderAsync(BlockReference.At(deposit.BlockNumber), cancellation))?.Hash == deposit.BlockHash)
        {
            return;
        }

        // Told before it is changed: what dies between the two is told again.
        await alerts.RaiseAsync(
            AlertCode.DepositGone, deposit.VaultId,
            $"{deposit.TransactionId} paid {deposit.Amount} of {deposit.Asset} to {deposit.VaultId} in block {deposit.BlockNumber} {deposit.BlockHash}, which left the chain.", cancellation, deposit.Id());
        if (await deposits.ReverseAsync(chain, deposit.BlockNumber, deposit.Id(), time.GetUtcNow(), cancellation))
        {
            Tell(deposit.Id(), chain, DepositStatus.Orphaned);
        }
    }

    private void Tell(string id, object of, DepositStatus status)
    {
        Measures.Deposits.Add(1, new KeyValuePair<string, object?>("status", status.ToString()));
        Changed(log, id, of.ToString()!, status);
    }

    [LoggerMessage(7010, LogLevel.Information, "{DepositId} on {Of} is {Status}")]
    private static partial void Changed(ILogger log, string depositId, string of, DepositStatus status);
}
