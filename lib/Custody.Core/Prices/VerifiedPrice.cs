namespace Custody.Core.Prices;

/// <summary>A price whose signatures verified.</summary>
/// <param name="Entry">The price.</param>
/// <param name="Sources">The registered sources that signed it, each once, in order.</param>
public sealed record VerifiedPrice(PriceEntry Entry, IReadOnlyList<string> Sources)
{
    /// <summary>True when two sources signed it: then it is believed however far it moved, because one key does not make it.</summary>
    public bool IsAgreed => Sources.Count > 1;
}
