using System.Numerics;
using Custody.Core.Assets;

namespace Custody.Core.Maintenance;

/// <summary>An operator's part of an order of upkeep (typ <c>custody-maintenance+jws</c>); as many different people as governed make one.</summary>
/// <param name="Version">Always 1.</param>
/// <param name="Kind">What is ordered.</param>
/// <param name="VaultId">The vault.</param>
/// <param name="Chain">CAIP-2.</param>
/// <param name="Account">The vault's account, EIP-55 form; it must be the one that its public key gives.</param>
/// <param name="Nonce">The nonce that nothing takes, which a gap fill names and nothing else does.</param>
/// <param name="MaxTotal">Most that it may cost, base units of the native coin.</param>
/// <param name="MaxRate">Most that it may offer for a unit of gas.</param>
/// <param name="OperatorId">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="SignedAt">When.</param>
/// <param name="ExpiresAt">From then on it no longer counts.</param>
/// <param name="Funding">Whom it funds, which gas funding names and nothing else does.</param>
public sealed record MaintenanceStatement(
    int Version,
    MaintenanceKind Kind,
    string VaultId,
    ChainId Chain,
    string Account,
    ulong? Nonce,
    BigInteger MaxTotal,
    BigInteger MaxRate,
    string OperatorId,
    string Reason,
    DateTimeOffset SignedAt,
    DateTimeOffset ExpiresAt,
    FundingOrder? Funding = null)
{
    /// <summary>What is ordered, whoever signs it, when and why.</summary>
    public UpkeepOrder ToOrder() => new(VaultId, Chain, Account, Nonce, MaxTotal, MaxRate, Funding);
}
