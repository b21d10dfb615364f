namespace Custody.Chains.Evm;

/// <summary>Whether what happened on the chain is what the intent says.</summary>
public abstract record EffectsResult
{
    private EffectsResult()
    {
    }

    /// <summary>It is: mined, succeeded, every field equal, fee within the envelope.</summary>
    /// <param name="Receipt">The proof.</param>
    public sealed record Matches(EvmReceipt Receipt) : EffectsResult;

    /// <summary>The right transaction was mined and reverted: nobody was paid and the fee is gone.</summary>
    /// <param name="Receipt">The proof.</param>
    public sealed record Reverted(EvmReceipt Receipt) : EffectsResult;

    /// <summary>What was mined is something else.</summary>
    public sealed record Differs(string Field, string Expected, string Actual) : EffectsResult;

    /// <summary>The node has it in no block.</summary>
    public sealed record NotFound : EffectsResult;

    /// <summary>The node's answers do not fit together, as in the middle of a reorganisation: ask again.</summary>
    public sealed record Unknown(string Reason) : EffectsResult;
}
