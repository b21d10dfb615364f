using System.Text.Json;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Callers;

/// <summary>Rule: a call token is short-lived, for this API, and signed by a key that governance registers for a caller.</summary>
public static class CallTokenRule
{
    /// <summary>The furthest ahead that a token may expire.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Verifies the compact token; null or empty is a refusal.</summary>
    public static CallerReading Verify(string? token, string audience, Governed governed, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(token))
        {
            return Refused(RefusalCode.CallTokenInvalid, "The header Authorization must hold 'Bearer' and a call token.");
        }

        if (Jws.Verify(token, DocumentType.CallToken, keyId => governed.Holder(keyId)?.Key, now) is not JwsVerification.Valid valid)
        {
            return Refused(RefusalCode.CallTokenInvalid, "The call token is not a JWT of typ custody-call+jwt under a registered key.");
        }

        CallTokenClaims claims;
        try
        {
            claims = CanonicalJson.DeserializeLoose<CallTokenClaims>(valid.Payload);
        }
        catch (JsonException)
        {
            return Refused(RefusalCode.CallTokenInvalid, "The call token's claims must be exactly aud, exp, iat and jti.");
        }

        var holder = governed.Holder(valid.Key.KeyId)!;
        var kind = holder.Role switch
        {
            KeyRole.Client => CallerKind.Exchange,
            KeyRole.ApproverDevice => CallerKind.Approver,
            KeyRole.Operator => CallerKind.Operator,
            KeyRole.Governor => CallerKind.Governor,
            KeyRole.PriceSource => CallerKind.PriceSource,
            _ => CallerKind.None,
        };
        var latest = (now + MaxLifetime + Jws.ClockSkew).ToUnixTimeSeconds();
        return claims.Audience != audience ? Refused(RefusalCode.CallTokenAudience, $"The call token is for '{claims.Audience}', and this is '{audience}'.")
            : claims.ExpiresAt <= now.ToUnixTimeSeconds() ? Refused(RefusalCode.CallTokenExpired, "The call token has expired.")
            : claims.ExpiresAt > latest ? Refused(RefusalCode.CallTokenExpired, "The call token expires more than five minutes ahead.")
            : claims.IssuedAt > (now + Jws.ClockSkew).ToUnixTimeSeconds() ? Refused(RefusalCode.CallTokenExpired, "The call token is from the future.")
            : !Identifier.IsValid(claims.TokenId) ? Refused(RefusalCode.CallTokenInvalid, $"The call token's jti must be {Identifier.Form}.")
            : kind == CallerKind.None ? Refused(RefusalCode.CallerNotAllowed, $"The key '{holder.Key.KeyId}' is not a caller's.")
            : new CallerReading(Verdict.Allowed, new Caller(kind, holder.OwnerId, holder.Key.KeyId, claims.TokenId, DateTimeOffset.FromUnixTimeSeconds(claims.ExpiresAt)));
    }

    /// <summary>Makes a token: for the CLI and for tests; an exchange's backend can use any JWT library.</summary>
    public static Task<string> IssueAsync(IDocumentSigner signer, string audience, string tokenId, DateTimeOffset now, CancellationToken cancellation)
    {
        var claims = new CallTokenClaims(audience, (now + MaxLifetime).ToUnixTimeSeconds(), now.ToUnixTimeSeconds(), tokenId);
        return Jws.SignAsync(signer, DocumentType.CallToken, CanonicalJson.Serialize(claims), issuedAt: null, detached: false, cancellation);
    }

    private static CallerReading Refused(RefusalCode code, string detail) => new(Verdict.Refused(code, detail), null);
}
