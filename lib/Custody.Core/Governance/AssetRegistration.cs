using Custody.Core.Assets;

namespace Custody.Core.Governance;

/// <summary>An asset that may be withdrawn.</summary>
/// <param name="Id">CAIP-19.</param>
/// <param name="Symbol">For people, such as <c>ETH</c>.</param>
/// <param name="Decimals">Base units per unit, as a power of ten; only for showing amounts.</param>
public sealed record AssetRegistration(AssetId Id, string Symbol, int Decimals);
