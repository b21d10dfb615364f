namespace Custody.Chains.Evm;

/// <summary>A provider's word, against others', that a transaction is in a block.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Height">The block's height.</param>
internal sealed record InclusionClaim(string Provider, ulong Height)
{
    /// <summary>
    /// True when the provider may simply be ahead: the block is one of the few after the quorum's newest. At or below it, and far
    /// above it, the others would have to know.
    /// </summary>
    public bool MayBeAhead(ulong head, ulong mostBlocksBehind) => Height > head && Height - head <= mostBlocksBehind;
}
