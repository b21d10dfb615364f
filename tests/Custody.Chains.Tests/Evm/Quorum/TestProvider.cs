using System.Numerics;
using Custody.Chains.Evm;
using Custody.Core.Assets;

namespace Custody.Chains.Tests.Evm.Quorum;

/// <summary>A provider in front of a real node that lies, lags or keeps silent where a test says so.</summary>
internal sealed class TestProvider(string name, IEvmNode node) : IEvmNode
{
    public NodeProvider Provider => new(name, this);

    /// <summary>Answers nothing.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Knows nothing after this block.</summary>
    public ulong? StandsAt { get; set; }

    /// <summary>How many calls came.</summary>
    public int Calls { get; private set; }

    public Func<ulong, ulong> Nonce { get; set; } = n => n;

    public Func<BigInteger, BigInteger> Balance { get; set; } = b => b;

    public Func<EvmHeader, EvmHeader> Header { get; set; } = h => h;

    public Func<EvmReceipt?, EvmReceipt?> Receipt { get; set; } = r => r;

    public Func<LocatedTransaction?, LocatedTransaction?> Transaction { get; set; } = t => t;

    /// <summary>Refuses what is sent with this verdict, and does not pass it on.</summary>
    public BroadcastVerdict? Refuses { get; set; }

    public Task<ulong> ChainIdAsync(CancellationToken cancellation) => AskAsync(() => node.ChainIdAsync(cancellation));

    public Task<string> GenesisHashAsync(CancellationToken cancellation) => AskAsync(() => node.GenesisHashAsync(cancellation));

    public Task<EvmHeader?> HeaderAsync(BlockReference block, CancellationToken cancellation) => AskAsync(async () =>
        await node.HeaderAsync(At(block), cancellation) is { } found && !(found.Number > StandsAt) ? Header(found) : null);

    public Task<EvmBlock?> BlockAsync(BlockReference block, CancellationToken cancellation) => AskAsync(async () =>
        await node.BlockAsync(At(block), cancellation) is { } found && !(found.Header.Number > StandsAt) ? found with { Header = Header(found.Header) } : null);

    public Task<ulong> TransactionCountAsync(EvmAddress account, BlockReference block, CancellationToken cancellation) =>
        AskAsync(async () => Nonce(await node.TransactionCountAsync(account, State(block), cancellation)));

    public Task<BigInteger> BalanceAsync(EvmAddress account, BlockReference block, CancellationToken cancellation) =>
        AskAsync(async () => Balance(await node.BalanceAsync(account, State(block), cancellation)));

    public Task<byte[]> CodeAsync(EvmAddress address, BlockReference block, CancellationToken cancellation) =>
        AskAsync(() => node.CodeAsync(address, State(block), cancellation));

    public Task<byte[]?> CallAsync(EvmAddress contract, ReadOnlyMemory<byte> data, BlockReference block, CancellationToken cancellation) =>
        AskAsync(() => node.CallAsync(contract, data, State(block), cancellation));

    public Task<ulong?> EstimateGasAsync(EvmAddress from, EvmAddress contract, ReadOnlyMemory<byte> data, CancellationToken cancellation) =>
        AskAsync(() => node.EstimateGasAsync(from, contract, data, cancellation));

    public Task<FeeMarket> FeeMarketAsync(CancellationToken cancellation) => AskAsync(() => node.FeeMarketAsync(cancellation));

    public Task<LocatedTransaction?> TransactionAsync(string txId, CancellationToken cancellation) => AskAsync(async () =>
        await node.TransactionAsync(txId, cancellation) is { } found && !(found.Block?.Number > StandsAt) ? Transaction(found) : Transaction(null));

    public Task<EvmReceipt?> ReceiptAsync(string txId, CancellationToken cancellation) => AskAsync(async () =>
        await node.ReceiptAsync(txId, cancellation) is { } found && !(found.Block.Number > StandsAt) ? Receipt(found) : Receipt(null));

    public Func<IReadOnlyList<EvmBlockLog>, IReadOnlyList<EvmBlockLog>> Logs { get; set; } = l => l;

    public Task<IReadOnlyList<EvmBlockLog>> LogsAsync(
        BlockPoint block, IReadOnlyList<EvmAddress> contracts, string topic, int place, IReadOnlyList<string> others, CancellationToken cancellation) =>
        AskAsync(async () => Logs(await node.LogsAsync(block, contracts, topic, place, others, cancellation)));

    public async Task<BroadcastAnswer> SendAsync(ReadOnlyMemory<byte> signed, string txId, CancellationToken cancellation)
    {
        Calls++;
        return IsSilent ? new BroadcastAnswer(BroadcastVerdict.Unknown, "It did not answer.")
            : Refuses is { } verdict ? new BroadcastAnswer(verdict, "no")
            : await node.SendAsync(signed, txId, cancellation);
    }

    private BlockReference At(BlockReference block) => block.Number is null && StandsAt is { } height ? BlockReference.At(height) : block;

    private BlockReference State(BlockReference block) =>
        block.Number > StandsAt ? throw new NodeAnswerException("The node refused it: -32000 header not found") : At(block);

    private async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        Calls++;
        return IsSilent ? throw new NodeUnavailableException("It did not answer.") : await ask();
    }
}
