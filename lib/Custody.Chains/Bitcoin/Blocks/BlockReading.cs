namespace Custody.Chains.Bitcoin;

/// <summary>The outcome of reading a block's bytes.</summary>
public abstract record BlockReading
{
    private BlockReading()
    {
    }

    /// <summary>A block whose header commits to its transactions.</summary>
    public sealed record Read(BitcoinBlock Block) : BlockReading;

    /// <summary>Anything else.</summary>
    /// <param name="Reason">One sentence for a person.</param>
    public sealed record Malformed(string Reason) : BlockReading;
}
