using Custody.Chains.Evm;
using Custody.Core.Alerts;
using Custody.Core.Assets;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Restoring;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Functions.Alerts;
using Custody.Functions.Deposits;
using Custody.Functions.Governance;
using Custody.Functions.Withdrawals;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Custody.Functions.Chains;

/// <summary>
/// Follows one chain from its durable cursor, reading each new block once for everybody: payments of ours that appear, that
/// get deep enough or whose block leaves the chain wake their withdrawal; deposits are recorded; a spend that no journal entry
/// explains, and tokens that left otherwise than by a call of ours, are a P1 and a freeze. Every effect comes before the cursor moves, so a crash repeats a block and loses none.
/// </summary>
public sealed partial class Watcher(
    ChainNodes nodes,
    IWatchStore watch,
    ITransactionIndex index,
    ISignedTransactionStore signed,
    ISigningJournal signings,
    GovernanceSource governance,
    DepositReader depositReader,
    DepositDesk deposits,
    FallReader fallReader,
    SpendWatch spends,
    Freezer freezer,
    AlertDesk alerts,
    ClockWatch clocks,
    Starter starter,
    TimeProvider time,
    ILogger<Watcher> log)
{
    private const int MostBlocksARun = 200;

    /// <summary>Follows a chain until it is caught up, at most <c>200</c> blocks.</summary>
    public async Task RunAsync(ChainId id, DurableTaskClient client, CancellationToken cancellation)
    {
        if (await governance.ReadAsync(cancellation) is not GovernanceSnapshot.InForce { Governed: var governed, Stops: var stops } || governed.Chain(id) is not { } chain)
        {
            NotGoverned(log, id);
            return;
        }

        if (nodes.CheckProviders(chain) is { IsAllowed: false } few)
        {
            await alerts.RaiseAsync(AlertCode.ProvidersSplit, id.ToString(), few.Detail, cancellation, $"{time.GetUtcNow():yyyyMMdd}");
            return;
        }

        var verdict = await nodes.CheckAsync(chain, cancellation);
        if (!verdict.IsAllowed)
        {
            await alerts.RaiseAsync(AlertCode.WrongChain, id.ToString(), verdict.Detail, cancellation, $"{time.GetUtcNow():yyyyMMdd}");
            return;
        }

        var run = new WatchRun(chain, governed, stops, client);
        foreach (var vault in run.Vaults)
        {
            // Besides reading blocks: an account that has spent more nonces than its journal knows was used by somebody else.
            await spends.CheckAsync(vault, stops, cancellation);
        }

        await clocks.CompareAsync(chain, cancellation);
        var stored = await watch.LoadCursorAsync(id, cancellation) ?? await BeginAsync(run, cancellation);
        for (var blocks = 0; stored is not null && blocks < MostBlocksARun; blocks++)
        {
            stored = await StepAsync(run, stored, cancellation);
        }
    }

    // The first cursor is the newest block: nothing of ours can be before it, since nothing is built until there is one.
    private async Task<WatchCursor?> BeginAsync(WatchRun run, CancellationToken cancellation)
    {
        var id = run.Chain.Id;
        foreach (var vault in run.Vaults)
        {
            if ((await signings.ReadAsync(vault.Id, cancellation)).View.All.Count > 0)
            {
                // Something was signed, so there was a cursor: who deleted it may hide what happened in the blocks since.
                var detail = $"The cursor of {id} is gone although '{vault.Id}' has signed; blocks since then were not read.";
                await freezer.FreezeOnceAsync(FreezeScope.Vault(vault.Id), detail, cancellation);
                await alerts.RaiseAsync(AlertCode.TamperedDocument, $"cursor of {id}", detail, cancellation, vault.Id);
            }
        }

        if (await nodes.Of(id).HeaderAsync(BlockReference.Latest, cancellation) is not { } head)
        {
            return null;
        }

        var cursor = new WatchCursor(CanonicalJson.Serialize(ChainCursor.StartAt(head.Point)), null);
        await watch.SaveCursorAsync(id, cursor, cancellation);
        return await watch.LoadCursorAsync(id, cancellation);
    }

    /// <summary>Takes one step; null when there is nothing more to do in this run.</summary>
    private async Task<WatchCursor?> StepAsync(WatchRun run, WatchCursor stored, CancellationToken cancellation)
    {
        var cursor = CanonicalJson.Deserialize<ChainCursor>(stored.Content.Span);
        var step = await new BlockReader(nodes.Of(run.Chain.Id)).StepAsync(cursor, (ulong)run.Chain.FinalityDepth, run.IsOurs, cancellation);
        switch (step)
        {
            case WatchStep.Advance advance:
                await BlockAsync(run, advance, cancellation);
                return await MoveAsync(run, advance.Cursor, stored, cancellation);
            case WatchStep.Reorg reorg:
                Reorganised(log, run.Chain.Id, reorg.Orphaned.Count, reorg.ForkPoint.Number);
                await WakeOrphanedAsync(run, reorg, cancellation);
                return await MoveAsync(run, reorg.Cursor, stored, cancellation);
            case WatchStep.TooDeep deep:
                await freezer.FreezeOnceAsync(
                    FreezeScope.Platform, $"{run.Chain.Id} reorganised beyond its governed finality, after block {cursor.Head.Number} {cursor.Head.Hash}.", cancellation);
                await alerts.RaiseAsync(AlertCode.DeepReorganisation, run.Chain.Id.ToString(), $"{deep.Depth} blocks or more left the chain.", cancellation, cursor.Head.Hash);
                return null;
            default:
                return null;
        }
    }

    private async Task<WatchCursor?> MoveAsync(WatchRun run, ChainCursor cursor, WatchCursor stored, CancellationToken cancellation)
    {
        // A conflict means that another run follows the chain beside this one: it goes on, this one stops.
        var moved = await watch.SaveCursorAsync(run.Chain.Id, stored with { Content = CanonicalJson.Serialize(cursor) }, cancellation);
        return moved == CommitOutcome.Committed ? await watch.LoadCursorAsync(run.Chain.Id, cancellation) : null;
    }

    private async Task BlockAsync(WatchRun run, WatchStep.Advance advance, CancellationToken cancellation)
    {
        var block = advance.Block.Header;
        foreach (var transaction in advance.Ours.Where(t => run.IsOurs(t.From)))
        {
            await SpendAsync(run, transaction, block, cancellation);
        }

        foreach (var (fall, lost) in await fallReader.ReadAsync(run.Chain.Id, advance.Block, run.Governed, run.Accounts, cancellation))
        {
            await spends.FellAsync(fall, lost, block.Point, cancellation);
        }

        foreach (var deposit in await depositReader.ReadAsync(run.Chain.Id, advance.Block, run.Governed, run.Accounts, cancellation))
        {
            await deposits.SeeAsync(deposit, cancellation);
        }

        var deepest = block.Number + 1 >= (ulong)run.Chain.FinalityDepth ? block.Number + 1 - (ulong)run.Chain.FinalityDepth : 0;
        await foreach (var pending in watch.PendingAsync(run.Chain.Id, 0, deepest, cancellation))
        {
            await (DepositDesk.IsDeposit(pending)
                ? deposits.FinishAsync(run.Chain.Id, pending, cancellation)
                : starter.TryWakeAsync(run.Client, pending.WithdrawalId, Wake.Chain, cancellation));
            await watch.RemovePendingAsync(run.Chain.Id, pending, cancellation);
        }
    }

    private async Task SpendAsync(WatchRun run, EvmTransaction transaction, EvmHeader block, CancellationToken cancellation)
    {
        var vault = run.Vaults.First(v => v.EvmAddress() == transaction.From);
        var journal = await signings.ReadAsync(vault.Id, cancellation);
        var slot = journal.View.TakenBy(SigningSlot.Nonce(vault.Chain, transaction.From, transaction.Nonce));
        if (slot is null || !await IsOwnAsync(run, slot.WithdrawalId, transaction.Hash, cancellation))
        {
            if (transaction.Nonce < RestoredRule.UnknownBelow(run.Stops, vault.Id) && run.Stops.FreezesInForce.ContainsKey(FreezeScope.Platform))
            {
                // It was signed in what a restore lost, as far as anybody can tell. Two operators look at it before they thaw the restore; what
                // comes after that nobody has looked at.
                await alerts.RaiseAsync(
                    AlertCode.RestoredSpend,
                    vault.Id,
                    $"{vault.EvmAddress()} spent nonce {transaction.Nonce} with {transaction.Hash} in block {block.Number}: {transaction.Value} wei to {transaction.To?.ToString() ?? "a new contract"}. The restored journal does not know it.",
                    cancellation,
                    $"nonce {transaction.Nonce}");
                return;
            }

            await spends.SpentAsync(vault, transaction.Nonce, $"{transaction.Hash} in block {block.Number}", cancellation);
            return;
        }

        if (slot.Kind is IntentKind.GapFill or IntentKind.GasFunding)
        {
            // No orchestration waits for it: a timer takes upkeep further.
            return;
        }

        var withdrawal = slot.WithdrawalId;
        await watch.AddPendingAsync(run.Chain.Id, new PendingConfirmation(block.Number, block.Hash, transaction.Hash, withdrawal), cancellation);
        await starter.TryWakeAsync(run.Client, withdrawal, Wake.Chain, cancellation);
    }

    // That a nonce was journalled explains only the very bytes that were signed for it.
    private async Task<bool> IsOwnAsync(WatchRun run, string withdrawal, string transaction, CancellationToken cancellation) =>
        await index.FindAsync(run.Chain.Id, transaction, cancellation) == withdrawal
        || (await signed.OfAsync(withdrawal, cancellation)).Any(r => r.TransactionId == transaction);

    private async Task WakeOrphanedAsync(WatchRun run, WatchStep.Reorg reorg, CancellationToken cancellation)
    {
        await foreach (var pending in watch.PendingAsync(run.Chain.Id, reorg.ForkPoint.Number + 1, reorg.Orphaned[^1].Number, cancellation))
        {
            await (DepositDesk.IsDeposit(pending)
                ? deposits.OrphanAsync(run.Chain.Id, pending, cancellation)
                : starter.TryWakeAsync(run.Client, pending.WithdrawalId, Wake.Chain, cancellation));
            await watch.RemovePendingAsync(run.Chain.Id, pending, cancellation);
        }
    }

    [LoggerMessage(7002, LogLevel.Error, "{Chain} is not watched: governance in force does not verify or does not register it")]
    private static partial void NotGoverned(ILogger log, ChainId chain);

    [LoggerMessage(7000, LogLevel.Warning, "{Chain} left {Blocks} blocks after block {Fork}")]
    private static partial void Reorganised(ILogger log, ChainId chain, int blocks, ulong fork);

    /// <summary>What stays the same during a run.</summary>
    private sealed record WatchRun(ChainRegistration Chain, Governed Governed, StopView Stops, DurableTaskClient Client)
    {
        public IReadOnlyList<VaultRegistration> Vaults { get; } = [.. Governed.EveryVault.Where(v => v.Chain == Chain.Id)];

        public IReadOnlyDictionary<EvmAddress, VaultRegistration> Accounts { get; } = Governed.EveryVault.Where(v => v.Chain == Chain.Id).ToDictionary(v => v.EvmAddress());

        public bool IsOurs(EvmAddress account) => Accounts.ContainsKey(account);
    }
}
