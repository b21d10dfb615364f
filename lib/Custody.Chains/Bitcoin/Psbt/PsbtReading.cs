namespace Custody.Chains.Bitcoin;

/// <summary>The outcome of reading a PSBT.</summary>
public abstract record PsbtReading
{
    private PsbtReading()
    {
    }

    /// <summary>A well-formed PSBT; it serialises to the bytes that were read.</summary>
    public sealed record Read(Psbt Psbt) : PsbtReading;

    /// <summary>Anything else.</summary>
    /// <param name="Reason">One sentence for a person.</param>
    public sealed record Malformed(string Reason) : PsbtReading;
}
