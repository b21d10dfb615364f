namespace Custody.Chains.Bitcoin;

/// <summary>What a node made of a transaction. Only the sender's own look at the chain turns Unknown into anything else.</summary>
public enum PoolVerdict
{
    /// <summary>The node may or may not have it: look for it. Never a failure.</summary>
    Unknown = 0,

    /// <summary>It is in the node's pool, by this call or before.</summary>
    Accepted,

    /// <summary>Its outputs are in a block.</summary>
    Confirmed,

    /// <summary>An input names an output that the node does not know as unspent: spent by another, or not there yet.</summary>
    InputsMissing,

    /// <summary>The fee is below what the pool takes, or too little above what it would replace.</summary>
    FeeTooLow,

    /// <summary>The fee is above what the node lets anybody pay by accident.</summary>
    FeeTooHigh,

    /// <summary>The node refused it by consensus or policy, and it is not in its pool.</summary>
    Rejected,
}
