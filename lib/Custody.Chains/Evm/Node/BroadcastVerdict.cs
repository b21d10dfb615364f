namespace Custody.Chains.Evm;

/// <summary>What a node made of a broadcast. Only the sender's own look at the chain turns Unknown into anything else.</summary>
public enum BroadcastVerdict
{
    /// <summary>The node may or may not have the transaction: look for it. Never a failure.</summary>
    Unknown = 0,

    /// <summary>The node took it and named our hash.</summary>
    Accepted,

    /// <summary>The node had it before.</summary>
    AlreadyKnown,

    /// <summary>The account's nonce is past it: this transaction, or another with its nonce, is mined.</summary>
    NonceTooLow,

    /// <summary>The fee is below what the pool takes, or too little above the transaction that it would replace.</summary>
    Underpriced,

    /// <summary>The account cannot pay value and maximum fee.</summary>
    InsufficientFunds,

    /// <summary>The node refused it as invalid, and it is not in its pool.</summary>
    Rejected,
}
