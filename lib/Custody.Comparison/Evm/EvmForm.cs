namespace Custody.Comparison.Evm;

/// <summary>The form of a transaction (EIP-2718).</summary>
public enum EvmForm
{
    /// <summary>None; no bytes decode to it.</summary>
    Unknown = 0,

    /// <summary>An untyped list with a gas price, bound to its chain by EIP-155.</summary>
    Legacy,

    /// <summary>Type 2: a base fee and a tip (EIP-1559).</summary>
    Eip1559,
}
