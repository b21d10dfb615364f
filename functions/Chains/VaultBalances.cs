using System.Numerics;
using Custody.Chains.Evm;
using Custody.Core.Assets;
using Custody.Core.Governance;

namespace Custody.Functions.Chains;

/// <summary>What vaults hold on chain.</summary>
public sealed class VaultBalances(ChainNodes nodes)
{
    private const int WordLength = 32;

    /// <summary>The balance of an asset of a vault's account in the newest block, base units.</summary>
    public Task<BigInteger> ReadAsync(VaultRegistration vault, AssetId asset, CancellationToken cancellation) =>
        asset.IsNative ? NativeAsync(vault, cancellation) : TokenAsync(vault, asset, cancellation);

    /// <summary>The native balance of a vault's account in the newest block, base units.</summary>
    public Task<BigInteger> NativeAsync(VaultRegistration vault, CancellationToken cancellation) =>
        nodes.Of(vault.Chain).BalanceAsync(vault.EvmAddress(), BlockReference.Latest, cancellation);

    /// <summary>What an account holds of a token as of a block, base units; null where the contract does not say it.</summary>
    public static async Task<BigInteger?> TokenAsync(IEvmNode node, EvmAddress account, EvmAddress contract, BlockReference block, CancellationToken cancellation) =>
        await node.CallAsync(contract, Erc20Call.BalanceOf(account), block, cancellation) is { Length: WordLength } word
            ? new BigInteger(word, isUnsigned: true, isBigEndian: true)
            : null;

    private async Task<BigInteger> TokenAsync(VaultRegistration vault, AssetId asset, CancellationToken cancellation) =>
        await TokenAsync(nodes.Of(vault.Chain), vault.EvmAddress(), EvmAddress.Parse(asset.Reference), BlockReference.Latest, cancellation)
            ?? throw new NodeAnswerException($"The contract of {asset} does not say what the vault holds.");
}
