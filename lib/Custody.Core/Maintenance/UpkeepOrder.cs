using System.Numerics;
using Custody.Core.Assets;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Intents;

namespace Custody.Core.Maintenance;

/// <summary>
/// What the operators who order upkeep sign alike: a gap fill, which names a nonce, or gas funding, which names whom it funds. Its
/// digest is its id: who orders the same, orders the same thing.
/// </summary>
/// <param name="VaultId">The vault that signs, and pays the fee.</param>
/// <param name="Chain">CAIP-2.</param>
/// <param name="Account">The vault's account, EIP-55 form.</param>
/// <param name="Nonce">A gap fill's nonce; gas funding takes the next one.</param>
/// <param name="MaxTotal">Most that it may cost.</param>
/// <param name="MaxRate">Most that it may offer for a unit of gas.</param>
/// <param name="Funding">Whom gas funding funds; absent: a gap fill.</param>
public sealed record UpkeepOrder(string VaultId, ChainId Chain, string Account, ulong? Nonce, BigInteger MaxTotal, BigInteger MaxRate, FundingOrder? Funding = null)
{
    private const string FillDomain = "custody/gap-fill/v1";
    private const string FundingDomain = "custody/gas-funding/v1";

    /// <summary>The start of every fill's id; a withdrawal's never begins so.</summary>
    public const string FillPrefix = "gap-fill-";

    /// <summary>The start of every funding's id; a withdrawal's never begins so.</summary>
    public const string FundingPrefix = "gas-funding-";

    /// <summary>What is ordered; none where it names both a nonce and whom it funds, or neither.</summary>
    public MaintenanceKind Kind() => (Nonce, Funding) switch
    {
        (not null, null) => MaintenanceKind.GapFill,
        (null, not null) => MaintenanceKind.GasFunding,
        _ => MaintenanceKind.Unknown,
    };

    /// <summary>The order's id, under which journals, audit chain and signatures have it.</summary>
    public string Id() => Funding is null
        ? FillPrefix + DomainDigest.Hex(FillDomain, CanonicalJson.Serialize(this))[..32]
        : FundingPrefix + DomainDigest.Hex(FundingDomain, CanonicalJson.Serialize(this))[..32];

    /// <summary>
    /// The intent that follows from the order and from nothing else, so that gate, comparison and watcher match it as any other: to the
    /// account that the registered public key gives, of the vault itself with no amount, or of the one that is funded. Null where a vault or the
    /// chain's native coin is not governed, or a vault would fund itself. It has no times and no governance version: the operators'
    /// statements have them, and are asked again each time.
    /// </summary>
    public WithdrawalIntent? Intent(Governed governed)
    {
        var native = governed.Document.Assets.Where(a => a.Id.IsNative && a.Id.Chain == Chain).Select(a => a.Id).ToList();
        var payee = governed.Vault(Funding?.VaultId ?? VaultId);
        return Kind() == MaintenanceKind.Unknown || governed.Vault(VaultId) is not { } vault || vault.Chain != Chain || !Chain.IsEvm || native is not [var coin]
            || payee is null || payee.Chain != Chain || (Funding is not null && payee.Id == vault.Id) ? null : new WithdrawalIntent(
            Version: 1,
            Kind: Funding is null ? IntentKind.GapFill : IntentKind.GasFunding,
            WithdrawalId: Id(),
            ClientId: "",
            CustomerId: "",
            RequestId: "",
            Asset: coin,
            Amount: Funding?.Amount ?? BigInteger.Zero,
            WhitelistEntryId: "",
            Destination: payee.EvmAddress().ToString(),
            Memo: null,
            VaultId: vault.Id,
            Fee: new FeeEnvelope(MaxTotal, MaxRate),
            RuleId: "",
            PolicyVersion: 0,
            GovernanceDigest: "",
            Attempt: 1,
            ParentDigest: null,
            CreatedAt: DateTimeOffset.UnixEpoch,
            ExpiresAt: DateTimeOffset.UnixEpoch,
            InitiatorKeyId: "",
            RequestDigest: "");
    }
}
