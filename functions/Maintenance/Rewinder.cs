using System.Globalization;
using Custody.Chains.Evm;
using Custody.Core.Alerts;
using Custody.Core.Audit;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Maintenance;
using Custody.Core.Results;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Functions.Alerts;
using Custody.Functions.Chains;
using Custody.Functions.Deposits;
using Custody.Functions.Withdrawals;
using Microsoft.DurableTask.Client;

namespace Custody.Functions.Maintenance;

/// <summary>
/// Sets a chain's watcher back to a block that it followed and that is still in the chain, so that every block after it is read again.
/// First people are told which settled payments are no longer where they were final, and their bytes are sent again; the cursor moves last,
/// so that a run that dies is repeated.
/// </summary>
public sealed class Rewinder(
    IWatchStore watch, ChainNodes nodes, IWithdrawalStore withdrawals, SettledPayments payments, DepositDesk deposits, Starter starter, AlertDesk alerts, IAuditTrail trail)
{
    private const int PageSize = 100;

    /// <summary>The audit trail of a chain's watcher.</summary>
    public static string Subject(string chain) => $"watch-{chain.Replace(':', '-')}";

    /// <summary>Where each governed chain's watcher stands.</summary>
    public async Task<IReadOnlyList<RewindStanding>> StandingsAsync(Governed governed, CancellationToken cancellation)
    {
        var standings = new List<RewindStanding>();
        foreach (var chain in governed.Document.Chains.Where(c => c.Id.IsEvm))
        {
            if (await watch.LoadCursorAsync(chain.Id, cancellation) is not { } stored)
            {
                continue;
            }

            var cursor = Read(stored);
            try
            {
                standings.Add(new RewindStanding(chain.Id.ToString(), cursor.Head.Number, cursor.Head.Hash, await IsStoppedAsync(chain, cursor, cancellation)));
            }
            catch (Exception problem) when (problem is NodeUnavailableException or NodeAnswerException)
            {
                standings.Add(new RewindStanding(chain.Id.ToString(), cursor.Head.Number, cursor.Head.Hash, null));
            }
        }

        return standings;
    }

    /// <summary>Whether the order is about the standstill that there is, and names a block that the nodes have; with the cursor that it was checked against.</summary>
    public async Task<(Verdict Verdict, WatchCursor? Stored)> CheckAsync(RewindOrder order, Governed governed, CancellationToken cancellation)
    {
        if (await watch.LoadCursorAsync(order.Chain, cancellation) is not { } stored || governed.Chain(order.Chain) is not { } chain)
        {
            return (Verdict.Refused(RefusalCode.RewindNotNeeded, $"{order.Chain} is not watched."), null);
        }

        var cursor = Read(stored);
        if (cursor.Head != new BlockPoint(order.FromBlock, order.FromHash))
        {
            return (Verdict.Refused(RefusalCode.RewindNotNeeded, $"The watcher of {order.Chain} stands at block {cursor.Head.Number} {cursor.Head.Hash}."), null);
        }

        try
        {
            var verdict = await nodes.CheckAsync(chain, cancellation);
            return (verdict.IsAllowed ? await BlockAsync(order, chain, cursor, cancellation) : verdict, stored);
        }
        catch (Exception problem) when (problem is NodeUnavailableException or NodeAnswerException)
        {
            return (Verdict.Refused(RefusalCode.NodeUnavailable, $"The nodes do not confirm the block: {problem.Message}"), null);
        }
    }

    /// <summary>Tells, sends again, and moves the cursor. Returns the withdrawals whose payment is gone; null when another run moved the cursor first.</summary>
    public async Task<IReadOnlyList<string>?> RewindAsync(
        RewindOrder order, RewindStatement last, WatchCursor stored, Governed governed, DurableTaskClient client, CancellationToken cancellation)
    {
        var gone = new List<string>();
        foreach (var status in (WithdrawalStatus[])[WithdrawalStatus.Settled, WithdrawalStatus.Failed, WithdrawalStatus.Cancelled])
        {
            string? page = null;
            do
            {
                var read = await withdrawals.ListAsync(null, status, PageSize, page, cancellation);
                foreach (var listed in read.Items.Where(w => w.Asset.Chain == order.Chain && (w.BlockNumber ?? ulong.MaxValue) > order.Block))
                {
                    if (await payments.LookAsync(listed.Id, order, governed, cancellation))
                    {
                        gone.Add(listed.Id);
                    }
                }

                page = read.Continuation;
            }
            while (page is not null);
        }

        await foreach (var pending in watch.PendingAsync(order.Chain, order.Block + 1, order.FromBlock, cancellation))
        {
            await (DepositDesk.IsDeposit(pending)
                ? deposits.OrphanAsync(order.Chain, pending, cancellation)
                : starter.TryWakeAsync(client, pending.WithdrawalId, Wake.Chain, cancellation));
            await watch.RemovePendingAsync(order.Chain, pending, cancellation);
        }

        await deposits.LookAgainAsync(order.Chain, order.Block, cancellation);
        var detail = string.Create(
            CultureInfo.InvariantCulture, $"{order.Chain} is read again after block {order.Block} {order.BlockHash}, from {order.FromBlock} {order.FromHash}; {gone.Count} settled payments are gone: {last.Reason}");
        await alerts.RaiseAsync(AlertCode.ChainRewound, order.Chain.ToString(), detail, cancellation, order.FromHash);
        await trail.AppendAsync(Subject(order.Chain.ToString()), [new AuditEvent("watch", "rewound", last.OperatorId, Detail: detail, Digest: order.BlockHash[2..])], cancellation);
        var kept = Read(stored).Blocks.Where(b => b.Number <= order.Block).ToList();
        var cursor = kept.Count > 0 ? new ChainCursor(kept) : ChainCursor.StartAt(new BlockPoint(order.Block, order.BlockHash));
        var moved = await watch.SaveCursorAsync(order.Chain, stored with { Content = CanonicalJson.Serialize(cursor) }, cancellation);
        return moved == CommitOutcome.Committed ? gone : null;
    }

    // A block that the watcher followed and that is in the chain is one in common, so nothing between it and the fork stays unread. Of one
    // that is older than all that it keeps only the nodes know.
    private async Task<Verdict> BlockAsync(RewindOrder order, ChainRegistration chain, ChainCursor cursor, CancellationToken cancellation)
    {
        if (!await IsStoppedAsync(chain, cursor, cancellation))
        {
            return Verdict.Refused(RefusalCode.RewindNotNeeded, $"The watcher of {order.Chain} goes on by itself.");
        }

        if (order.Block >= cursor.Blocks[0].Number && cursor.HashAt(order.Block) != order.BlockHash)
        {
            return Verdict.Refused(RefusalCode.RewindBlockUnknown, $"The watcher did not follow {order.BlockHash} at height {order.Block}: the fork is before it, and what lies between would not be read.");
        }

        return (await nodes.Of(order.Chain).HeaderAsync(BlockReference.At(order.Block), cancellation))?.Hash == order.BlockHash
            ? Verdict.Allowed
            : Verdict.Refused(RefusalCode.RewindBlockUnknown, $"The nodes do not have {order.BlockHash} at height {order.Block}.");
    }

    private async Task<bool> IsStoppedAsync(ChainRegistration chain, ChainCursor cursor, CancellationToken cancellation) =>
        await new BlockReader(nodes.Of(chain.Id)).StepAsync(cursor, (ulong)chain.FinalityDepth, _ => false, cancellation) is WatchStep.TooDeep;

    private static ChainCursor Read(WatchCursor stored) => CanonicalJson.Deserialize<ChainCursor>(stored.Content.Span);
}
