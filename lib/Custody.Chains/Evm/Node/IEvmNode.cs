using System.Numerics;
using Custody.Core.Assets;

namespace Custody.Chains.Evm;

/// <summary>
/// An EVM node. Every question may throw <see cref="NodeUnavailableException"/> or <see cref="NodeAnswerException"/>; a null
/// answer means that the node has no such thing, which is not the same as that there is none.
/// </summary>
public interface IEvmNode
{
    /// <summary>The chain that the node says it is on (<c>eth_chainId</c>).</summary>
    Task<ulong> ChainIdAsync(CancellationToken cancellation);

    /// <summary>The hash of block 0, which tells chains with one id apart.</summary>
    Task<string> GenesisHashAsync(CancellationToken cancellation);

    /// <summary>A block's header (<c>eth_getBlockByNumber</c>). Null where the node has no such block, or nothing finalised yet.</summary>
    Task<EvmHeader?> HeaderAsync(BlockReference block, CancellationToken cancellation);

    /// <summary>A block with its transactions.</summary>
    Task<EvmBlock?> BlockAsync(BlockReference block, CancellationToken cancellation);

    /// <summary>The account's next nonce as of a block.</summary>
    Task<ulong> TransactionCountAsync(EvmAddress account, BlockReference block, CancellationToken cancellation);

    /// <summary>The account's balance in wei as of a block.</summary>
    Task<BigInteger> BalanceAsync(EvmAddress account, BlockReference block, CancellationToken cancellation);

    /// <summary>The code at an address (<c>eth_getCode</c>); empty where there is no contract.</summary>
    Task<byte[]> CodeAsync(EvmAddress address, BlockReference block, CancellationToken cancellation);

    /// <summary>What a call of a contract would return as of a block (<c>eth_call</c>); null when it would revert.</summary>
    Task<byte[]?> CallAsync(EvmAddress contract, ReadOnlyMemory<byte> data, BlockReference block, CancellationToken cancellation);

    /// <summary>How much gas a call without value would use (<c>eth_estimateGas</c>); null when it would revert.</summary>
    Task<ulong?> EstimateGasAsync(EvmAddress from, EvmAddress contract, ReadOnlyMemory<byte> data, CancellationToken cancellation);

    /// <summary>The price of gas (<c>eth_feeHistory</c> and <c>eth_maxPriorityFeePerGas</c>).</summary>
    Task<FeeMarket> FeeMarketAsync(CancellationToken cancellation);

    /// <summary>A transaction, mined or in the node's pool.</summary>
    Task<LocatedTransaction?> TransactionAsync(string txId, CancellationToken cancellation);

    /// <summary>A mined transaction's receipt.</summary>
    Task<EvmReceipt?> ReceiptAsync(string txId, CancellationToken cancellation);

    /// <summary>
    /// The logs of these contracts in this very block with the first topic given and one of the others at <paramref name="place"/>, 1 or 2
    /// (<c>eth_getLogs</c> by block hash): the transfers of tokens from somebody (1), or to somebody (2).
    /// </summary>
    Task<IReadOnlyList<EvmBlockLog>> LogsAsync(
        BlockPoint block, IReadOnlyList<EvmAddress> contracts, string topic, int place, IReadOnlyList<string> others, CancellationToken cancellation);

    /// <summary>
    /// Sends signed bytes whose hash we know to be <paramref name="txId"/>. It throws neither of the exceptions: once the bytes
    /// may have left, everything short of the node's own words is <see cref="BroadcastVerdict.Unknown"/>.
    /// </summary>
    Task<BroadcastAnswer> SendAsync(ReadOnlyMemory<byte> signed, string txId, CancellationToken cancellation);
}
