using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Intents;

/// <summary>Rule: the request's exact bytes are signed by a key of the client that the body names.</summary>
public static class RequestSignature
{
    /// <summary>Verifies; <paramref name="initiatorKeyId"/> is the key that signed.</summary>
    public static Verdict Verify(
        ReadOnlyMemory<byte> body, string? signature, string clientId, Governed governed, Clocks now, out string initiatorKeyId)
    {
        initiatorKeyId = "";
        if (string.IsNullOrEmpty(signature))
        {
            return Verdict.Refused(RefusalCode.SignatureMissing, "The header X-Custody-Signature must hold a detached JWS over the body.");
        }

        switch (Jws.VerifyDetached(signature, body, DocumentType.Request, governed.Keys(KeyRole.Client), now))
        {
            case JwsVerification.Invalid invalid:
                return SignatureRefusal.Of(invalid);
            case JwsVerification.Valid valid when governed.Holder(valid.Key.KeyId, KeyRole.Client)?.OwnerId != clientId:
                return Verdict.Refused(RefusalCode.SignatureKeyUnknown, $"The key '{valid.Key.KeyId}' is not one of the client '{clientId}'.");
            case JwsVerification.Valid valid when KeyScope.Check(valid.Key, KeyScope.Withdraw) is { IsAllowed: false } unscoped:
                return unscoped;
            case JwsVerification.Valid when governed.Document.Clients.First(c => c.Id == clientId).Suspended == true:
                return Verdict.Refused(RefusalCode.ClientSuspended, $"The client '{clientId}' is suspended.");
            case JwsVerification.Valid valid:
                initiatorKeyId = valid.Key.KeyId;
                return Verdict.Allowed;
            default:
                return default;
        }
    }

    /// <summary>
    /// The request, where its bytes are signed by a key that governance, now or in any version before, registered for the client that it
    /// names, whether or not the key may still sign; null otherwise. It proves what was asked for and when, and allows nothing.
    /// </summary>
    public static WithdrawalRequest? Signed(ReadOnlyMemory<byte> body, string? signature, Governed governed, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(signature) || RequestReader.Read(body.Span) is not RequestReading.Read { Request: var request })
        {
            return null;
        }

        for (var version = governed; version is not null; version = version.Previous)
        {
            var keys = version;
            if (Jws.VerifyDetached(signature, body, DocumentType.Request, id => keys.Holder(id, KeyRole.Client)?.Key is { } key ? key with { Terms = null } : null, now)
                is JwsVerification.Valid valid && version.Holder(valid.Key.KeyId, KeyRole.Client)?.OwnerId == request.ClientId)
            {
                return request;
            }
        }

        return null;
    }
}
