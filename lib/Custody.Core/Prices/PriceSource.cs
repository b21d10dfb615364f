using Custody.Core.Signatures;

namespace Custody.Core.Prices;

/// <summary>A source of prices and its key, which signs nothing else.</summary>
/// <param name="Id">The source's id.</param>
/// <param name="Key">Its key.</param>
public sealed record PriceSource(string Id, RegisteredKey Key);
