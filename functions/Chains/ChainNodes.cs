using Custody.Chains.Evm;
using Custody.Core.Assets;
using Custody.Core.Governance;
using Custody.Core.Results;

namespace Custody.Functions.Chains;

/// <summary>
/// The configured nodes; several providers of a chain are one node that believes their majority. A node counts only after it has
/// shown that it is on the governed chain.
/// </summary>
public sealed class ChainNodes(IReadOnlyDictionary<ChainId, IEvmNode> nodes)
{
    /// <summary>The node of a chain. Throws <see cref="NodeUnavailableException"/> when none is configured.</summary>
    public IEvmNode Of(ChainId chain) => nodes.GetValueOrDefault(chain)
        ?? throw new NodeUnavailableException($"No node is configured for {chain}.");

    /// <summary>The chains that have a node.</summary>
    public IEnumerable<ChainId> Chains => nodes.Keys;

    /// <summary>
    /// Whether a chain's providers do not agree, about what was asked of late or about the newest block, so that a silence comes
    /// from that. Never so of a chain with a single one, which has nobody to agree with.
    /// </summary>
    public async Task<bool> AreSplitAsync(ChainId chain, CancellationToken cancellation)
    {
        if (nodes.GetValueOrDefault(chain) is not QuorumNode several)
        {
            return false;
        }

        try
        {
            return several.HasOpenQuestion || await several.HeaderAsync(BlockReference.Latest, cancellation) is null;
        }
        catch (NodeUnavailableException)
        {
            return true;
        }
    }

    /// <summary>Whether what a chain's node says is what a majority of several providers say, so that none of them can lie alone.</summary>
    public bool IsSecondOpinion(ChainId chain) => nodes.GetValueOrDefault(chain) is QuorumNode { Providers: > 1 };

    /// <summary>Rule: as many providers of the chain are configured as governance asks for.</summary>
    public Verdict CheckProviders(ChainRegistration chain) =>
        ProvidersRule.Check(chain, nodes.GetValueOrDefault(chain.Id) switch { null => 0, QuorumNode several => several.Providers, _ => 1 });

    /// <summary>
    /// Rule: the node says the governed chain id and genesis hash. With fewer providers than governance asks for nothing is asked,
    /// and whoever asks waits.
    /// </summary>
    public async Task<Verdict> CheckAsync(ChainRegistration chain, CancellationToken cancellation)
    {
        if (CheckProviders(chain) is { IsAllowed: false } few)
        {
            throw new NodeQuorumException(few.Detail);
        }

        var node = Of(chain.Id);
        var id = await node.ChainIdAsync(cancellation);
        if (id != chain.Id.EvmChainId)
        {
            return Verdict.Refused(RefusalCode.NodeWrongChain, $"The node says chain id {id}, and the governed chain is {chain.Id}.");
        }

        var genesis = await node.GenesisHashAsync(cancellation);
        return genesis == chain.GenesisHash
            ? Verdict.Allowed
            : Verdict.Refused(RefusalCode.NodeWrongChain, $"The node's genesis is {genesis}, and the governed one is {chain.GenesisHash}.");
    }
}
