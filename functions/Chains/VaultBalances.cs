using System.Numerics;
using Custody.Chains.Evm;
using Custody.Core.Governance;

namespace Custody.Functions.Chains;

/// <summary>What vaults hold on chain.</summary>
public sealed class VaultBalances(ChainNodes nodes)
{
    /// <summary>The native balance of a vault's account in the newest block, base units.</summary>
    public Task<BigInteger> ReadAsync(VaultRegistration vault, CancellationToken cancellation) =>
        nodes.Of(vault.Chain).BalanceAsync(vault.EvmAddress(), BlockReference.Latest, cancellation);
}
