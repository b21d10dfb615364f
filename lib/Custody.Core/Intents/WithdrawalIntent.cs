using System.Numerics;
using Custody.Core.Assets;
using Custody.Core.Encoding;

namespace Custody.Core.Intents;

/// <summary>
/// What is to be paid, in full: made once per attempt after policy, and from then on its digest is what everyone signs
/// (SFC 25EC44, on reviewing the complete transaction before approval). Version 1 is persisted and never changes; a new
/// member makes a new version.
/// </summary>
/// <param name="Version">Always 1.</param>
/// <param name="Kind">What the payment is for.</param>
/// <param name="WithdrawalId">The withdrawal, derived from (clientId, requestId).</param>
/// <param name="ClientId">The exchange.</param>
/// <param name="CustomerId">The exchange's customer.</param>
/// <param name="RequestId">The exchange's own identifier of the request.</param>
/// <param name="Asset">CAIP-19.</param>
/// <param name="Amount">Base units the recipient receives.</param>
/// <param name="WhitelistEntryId">The entry that names the destination.</param>
/// <param name="Destination">The address paid; EIP-55 form on EVM chains.</param>
/// <param name="Memo">Destination tag or memo, where the chain has one.</param>
/// <param name="VaultId">The vault that pays.</param>
/// <param name="Fee">The fee envelope.</param>
/// <param name="RuleId">The policy rule that matched.</param>
/// <param name="PolicyVersion">The governance version whose policy matched.</param>
/// <param name="GovernanceDigest">Digest of that governance document, hex.</param>
/// <param name="Attempt">1 for the first; each new attempt has an intent and votes of its own.</param>
/// <param name="ParentDigest">Digest of the previous attempt's intent, hex; absent for the first.</param>
/// <param name="CreatedAt">When the intent was made.</param>
/// <param name="ExpiresAt">From then on nothing is signed for it.</param>
/// <param name="InitiatorKeyId">The client key that signed the request; its owner cannot approve.</param>
/// <param name="RequestDigest">SHA-256 of the request body as received, hex.</param>
public sealed record WithdrawalIntent(
    int Version,
    IntentKind Kind,
    string WithdrawalId,
    string ClientId,
    string CustomerId,
    string RequestId,
    AssetId Asset,
    BigInteger Amount,
    string WhitelistEntryId,
    string Destination,
    string? Memo,
    string VaultId,
    FeeEnvelope Fee,
    string RuleId,
    int PolicyVersion,
    string GovernanceDigest,
    int Attempt,
    string? ParentDigest,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    string InitiatorKeyId,
    string RequestDigest)
{
    /// <summary>The digest's domain.</summary>
    public const string Domain = "custody/intent/v1";

    /// <summary>The digest that approvers sign and the gate recomputes: of the canonical bytes, hex.</summary>
    public string Digest() => DigestOf(CanonicalJson.Serialize(this));

    /// <summary>The digest of an intent's canonical bytes, hex.</summary>
    public static string DigestOf(ReadOnlySpan<byte> canonical) => DomainDigest.Hex(Domain, canonical);
}
