using Custody.Core.Assets;

namespace Custody.Core.Governance;

/// <summary>An asset that may be withdrawn.</summary>
/// <param name="Id">CAIP-19; a token's contract in EIP-55 form.</param>
/// <param name="Symbol">For people, such as <c>ETH</c>.</param>
/// <param name="Decimals">Base units per unit, as a power of ten; for showing amounts, and of a token what its contract must say.</param>
/// <param name="Token">What its contract must be; absent for native coin, and only for it.</param>
public sealed record AssetRegistration(AssetId Id, string Symbol, int Decimals, TokenTerms? Token = null)
{
    /// <summary>The token's contract; null for native coin and for what is no token of an EVM chain.</summary>
    public EvmAddress? Contract() => Token is not null && Id is { Namespace: "erc20", Chain.IsEvm: true } && EvmAddress.TryParse(Id.Reference, null, out var contract)
        && contract.ToString() == Id.Reference
            ? contract
            : null;
}
