using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Withdrawals;

namespace Custody.Core.Amendments;

/// <summary>
/// Makes the intent that follows from a payment's intent and what was ordered about it, and from nothing else: gate and devices
/// make it again and compare digests.
/// </summary>
public static class AmendmentIntents
{
    private const string OrderDomain = "custody/cancellation/v1";

    /// <summary>The same payment under another envelope. Nothing but kind, fee and parent differs.</summary>
    public static WithdrawalIntent FeeBump(WithdrawalIntent parent, FeeEnvelope fee) =>
        parent with { Kind = IntentKind.FeeBump, Fee = fee, ParentDigest = parent.Digest() };

    /// <summary>
    /// A transfer of nothing from the vault's account to itself, which takes the payment's nonce. It names the client's
    /// cancellation as its request, and has a deadline of its own. Null where the vault or the chain's native coin is not governed.
    /// </summary>
    /// <param name="parent">The payment's intent.</param>
    /// <param name="cancellation">The client's cancellation, verified.</param>
    /// <param name="keyId">The key that signed it; its owner cannot approve.</param>
    /// <param name="compact">The cancellation as received.</param>
    /// <param name="fee">The envelope.</param>
    /// <param name="expiresAt">The deadline: from then on nothing is signed for it that was not before.</param>
    /// <param name="governed">Governance.</param>
    public static WithdrawalIntent? Cancel(
        WithdrawalIntent parent, CancellationStatement cancellation, string keyId, string compact, FeeEnvelope fee, DateTimeOffset expiresAt, Governed governed)
    {
        var native = governed.Document.Assets.Where(a => a.Id.IsNative && a.Id.Chain == parent.Asset.Chain).Select(a => a.Id).ToList();
        return governed.Vault(parent.VaultId) is not { } vault || vault.Chain != parent.Asset.Chain || !vault.Chain.IsEvm || native is not [var coin] ? null : parent with
        {
            Kind = IntentKind.Cancel,
            Asset = coin,
            Amount = 0,
            WhitelistEntryId = "",
            Destination = vault.EvmAddress().ToString(),
            Memo = null,
            Fee = fee,
            ParentDigest = parent.Digest(),
            CreatedAt = DateTimeOffset.FromUnixTimeSeconds(cancellation.SignedAt.ToUnixTimeSeconds()),
            ExpiresAt = expiresAt,
            InitiatorKeyId = keyId,
            RequestDigest = DomainDigest.Hex(OrderDomain, System.Text.Encoding.ASCII.GetBytes(compact)),
        };
    }
}
