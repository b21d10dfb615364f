using Custody.Core.Prices;

namespace Custody.Core.Policy;

/// <summary>What policy knows besides request, customer and governance. Whatever is absent denies where a rule asks for it.</summary>
/// <param name="At">When the intent was made, or is made now.</param>
/// <param name="Destination">Whose the destination is.</param>
/// <param name="History">What was signed for the whitelist entry.</param>
/// <param name="Price">What a unit of the asset is worth.</param>
/// <param name="CoinPrice">What a unit of the coin is worth that a token's fee is paid in.</param>
public sealed record PolicyFacts(
    DateTimeOffset? At = null, DestinationKind Destination = DestinationKind.Unknown, DestinationHistory? History = null, PriceReading Price = default,
    PriceReading CoinPrice = default)
{
    /// <summary>Nothing is known.</summary>
    public static PolicyFacts None { get; } = new();
}
