using System.Numerics;

namespace Custody.Chains.Evm;

/// <summary>The fee fields of a transaction to be built, or why there are none.</summary>
public abstract record FeePlan
{
    private FeePlan()
    {
    }

    /// <summary>The fields, within the envelope.</summary>
    public sealed record Planned(BigInteger MaxPriorityFeePerGas, BigInteger MaxFeePerGas) : FeePlan;

    /// <summary>The market is above what the envelope allows; both in wei per gas.</summary>
    public sealed record AboveEnvelope(BigInteger Needed, BigInteger Allowed) : FeePlan;
}
