namespace Custody.Core.Assets;

/// <summary>The outcome of reading an address.</summary>
public abstract record BitcoinAddressReading
{
    private BitcoinAddressReading()
    {
    }

    /// <summary>A well-formed address.</summary>
    public sealed record Read(BitcoinAddress Address) : BitcoinAddressReading;

    /// <summary>Of an address's form, with a checksum that does not hold.</summary>
    public sealed record BadChecksum : BitcoinAddressReading;

    /// <summary>No address.</summary>
    public sealed record Malformed : BitcoinAddressReading;
}
