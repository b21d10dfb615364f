namespace Custody.Chains.Bitcoin;

/// <summary>The outcome of reading transaction bytes.</summary>
public abstract record TransactionReading
{
    private TransactionReading()
    {
    }

    /// <summary>Bytes that serialise again to themselves.</summary>
    public sealed record Read(BitcoinTransaction Transaction) : TransactionReading;

    /// <summary>Anything else.</summary>
    /// <param name="Reason">One sentence for a person.</param>
    public sealed record Malformed(string Reason) : TransactionReading;
}
