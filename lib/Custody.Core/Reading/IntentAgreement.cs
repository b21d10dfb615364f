using System.Security.Cryptography;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Policy;
using Custody.Core.Signatures;
using Custody.Core.Whitelisting;

namespace Custody.Core.Reading;

/// <summary>Rule: an intent is exactly what the signed request, the signed entry and the governed policy give; no field is free.</summary>
public static class IntentAgreement
{
    /// <summary>The first field that disagrees, as a sentence; null when none does. <paramref name="decision"/> must allow.</summary>
    public static string? Problem(
        WithdrawalIntent intent,
        ReadOnlySpan<byte> requestBody,
        WithdrawalRequest request,
        string initiatorKeyId,
        WhitelistEntry entry,
        PolicyDecision decision,
        Governed governed,
        DateTimeOffset now)
    {
        (string Field, bool Agrees)[] fields =
        [
            ("version", intent.Version == 1),
            ("kind", intent.Kind == IntentKind.Withdrawal),
            ("withdrawalId", intent.WithdrawalId == WithdrawalId.Derive(request.ClientId, request.RequestId)),
            ("clientId", intent.ClientId == request.ClientId),
            ("customerId", intent.CustomerId == request.CustomerId),
            ("requestId", intent.RequestId == request.RequestId),
            ("asset", intent.Asset == request.Asset),
            ("amount", intent.Amount == request.Amount),
            ("whitelistEntryId", intent.WhitelistEntryId == request.WhitelistEntryId),
            ("destination", intent.Destination == entry.Address),
            ("memo", intent.Memo == entry.Memo),
            ("vaultId", intent.VaultId == decision.Rule?.VaultId),
            ("fee", intent.Fee == decision.Fee),
            ("ruleId", intent.RuleId == decision.Rule?.Id),
            ("policyVersion", intent.PolicyVersion == governed.Document.Version),
            ("governanceDigest", intent.GovernanceDigest == governed.Digest),
            ("attempt", intent.Attempt >= 1),
            ("parentDigest", intent.ParentDigest is null == (intent.Attempt == 1)),
            ("createdAt", intent.CreatedAt <= now + Jws.ClockSkew),
            ("expiresAt", intent.ExpiresAt > intent.CreatedAt && intent.ExpiresAt <= request.ExpiresAt),
            ("initiatorKeyId", intent.InitiatorKeyId == initiatorKeyId),
            ("requestDigest", intent.RequestDigest == Convert.ToHexStringLower(SHA256.HashData(requestBody))),
        ];
        return fields.Where(f => !f.Agrees).Select(f => $"The intent's {f.Field} is not what request, whitelist entry and policy give.").FirstOrDefault();
    }
}
