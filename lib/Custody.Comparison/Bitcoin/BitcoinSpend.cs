namespace Custody.Comparison.Bitcoin;

/// <summary>What the decoder accepts: a version 2 transaction whose every input spends native segregated witness.</summary>
/// <param name="Inputs">What it spends, in order.</param>
/// <param name="Outputs">What it pays, in order.</param>
/// <param name="LockTime">Its lock time.</param>
public sealed record BitcoinSpend(IReadOnlyList<BitcoinInput> Inputs, IReadOnlyList<BitcoinOutput> Outputs, uint LockTime)
{
    /// <summary>The only version: from 2 on sequences mean something (BIP-68).</summary>
    public const uint Version = 2;
}
