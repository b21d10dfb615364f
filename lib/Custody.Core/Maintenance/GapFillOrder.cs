using System.Numerics;
using Custody.Core.Assets;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Intents;

namespace Custody.Core.Maintenance;

/// <summary>What the operators who fill a gap sign alike. Its digest is the fill's id: who orders the same, orders the same fill.</summary>
/// <param name="VaultId">The vault.</param>
/// <param name="Chain">CAIP-2.</param>
/// <param name="Account">The vault's account, EIP-55 form.</param>
/// <param name="Nonce">The nonce.</param>
/// <param name="MaxTotal">Most that it may cost.</param>
/// <param name="MaxRate">Most that it may offer for a unit of gas.</param>
public sealed record GapFillOrder(string VaultId, ChainId Chain, string Account, ulong Nonce, BigInteger MaxTotal, BigInteger MaxRate)
{
    private const string Domain = "custody/gap-fill/v1";

    /// <summary>The start of every fill's id; a withdrawal's never begins so.</summary>
    public const string Prefix = "gap-fill-";

    /// <summary>The fill's id, under which journals, audit chain and signatures have it.</summary>
    public string Id() => Prefix + DomainDigest.Hex(Domain, CanonicalJson.Serialize(this))[..32];

    /// <summary>
    /// The intent that follows from the order and from nothing else, so that gate, comparison and watcher match it as any other:
    /// no amount, to the account that the vault's registered public key gives. Null where the vault or the chain's native coin is not
    /// governed. It has no times and no governance version: the operators' statements have them, and are asked again each time.
    /// </summary>
    public WithdrawalIntent? Intent(Governed governed)
    {
        var native = governed.Document.Assets.Where(a => a.Id.IsNative && a.Id.Chain == Chain).Select(a => a.Id).ToList();
        return governed.Vault(VaultId) is not { } vault || vault.Chain != Chain || !Chain.IsEvm || native is not [var coin] ? null : new WithdrawalIntent(
            Version: 1,
            Kind: IntentKind.GapFill,
            WithdrawalId: Id(),
            ClientId: "",
            CustomerId: "",
            RequestId: "",
            Asset: coin,
            Amount: BigInteger.Zero,
            WhitelistEntryId: "",
            Destination: vault.EvmAddress().ToString(),
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
