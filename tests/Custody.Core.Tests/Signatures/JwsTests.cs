using Custody.Core.Encoding;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Signatures;

public sealed class JwsTests
{
    private const string Type = DocumentType.Freeze;
    private static readonly DateTimeOffset Now = CustodyWorld.Start;
    private static readonly byte[] Payload = "{}"u8.ToArray();
    private static readonly SoftwareKey Ed = SoftwareKey.EdDsa("ed");
    private static readonly SoftwareKey Es = SoftwareKey.Es256("es");

    public static TheoryData<string, JwsRefusal> Headers => new()
    {
        { """{"alg":"EdDSA","iat":1769860800,"kid":"ed","typ":"custody-thaw+jws"}""", JwsRefusal.WrongType },
        { """{"alg":"EdDSA","iat":1769860800,"kid":"ed","typ":"CUSTODY-FREEZE+JWS"}""", JwsRefusal.WrongType },
        { """{"alg":"EdDSA","iat":1769860800,"kid":"nobody","typ":"custody-freeze+jws"}""", JwsRefusal.UnknownKey },
        { """{"alg":"none","iat":1769860800,"kid":"ed","typ":"custody-freeze+jws"}""", JwsRefusal.WrongAlgorithm },
        { """{"alg":"ES256","iat":1769860800,"kid":"ed","typ":"custody-freeze+jws"}""", JwsRefusal.WrongAlgorithm },
        { """{"alg":"HS256","iat":1769860800,"kid":"ed","typ":"custody-freeze+jws"}""", JwsRefusal.Malformed },
        { """{"alg":"RS256","iat":1769860800,"kid":"ed","typ":"custody-freeze+jws"}""", JwsRefusal.Malformed },
        { """{"alg":2,"iat":1769860800,"kid":"ed","typ":"custody-freeze+jws"}""", JwsRefusal.Malformed },
        { """{"iat":1769860800,"kid":"ed","typ":"custody-freeze+jws"}""", JwsRefusal.Malformed },
        { """{"alg":"EdDSA","iat":1769860800,"typ":"custody-freeze+jws"}""", JwsRefusal.Malformed },
        { """{"alg":"EdDSA","iat":1769860800,"kid":"ed"}""", JwsRefusal.Malformed },
        { """{"alg":"EdDSA","crit":["b64"],"b64":false,"iat":1769860800,"kid":"ed","typ":"custody-freeze+jws"}""", JwsRefusal.Malformed },
        { """{"alg":"EdDSA","iat":1769860800,"jwk":{},"kid":"ed","typ":"custody-freeze+jws"}""", JwsRefusal.Malformed },
        { """{"alg":"EdDSA","alg":"EdDSA","iat":1769860800,"kid":"ed","typ":"custody-freeze+jws"}""", JwsRefusal.Malformed },
        { """{"alg":"EdDSA","iat":1769860800,"kid":"es","kid":"ed","typ":"custody-freeze+jws"}""", JwsRefusal.Malformed },
        { """{"alg":"EdDSA","iat":1769860800.5,"kid":"ed","typ":"custody-freeze+jws"}""", JwsRefusal.Malformed },
        { """{"alg":"EdDSA","iat":"1769860800","kid":"ed","typ":"custody-freeze+jws"}""", JwsRefusal.Malformed },
        { """{"alg":"EdDSA","kid":"ed","typ":"custody-freeze+jws"}""", JwsRefusal.BadIssueTime },
        { """{"alg":"EdDSA","iat":1769860861,"kid":"ed","typ":"custody-freeze+jws"}""", JwsRefusal.BadIssueTime },
        { """{"alg":"EdDSA","iat":9223372036854775807,"kid":"ed","typ":"custody-freeze+jws"}""", JwsRefusal.BadIssueTime },
    };

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public void Verify_OwnSignature_IsValid(bool es256, bool detached)
    {
        var key = es256 ? Es : Ed;
        var compact = key.SignBytes(Type, Payload, Now, detached);

        var valid = Assert.IsType<JwsVerification.Valid>(detached ? Jws.VerifyDetached(compact, Payload, Type, Find, Now) : Jws.Verify(compact, Type, Find, Now));

        Assert.Equal(Payload, valid.Payload);
        Assert.Equal(key.KeyId, valid.Key.KeyId);
        Assert.Equal(key.KeyId, Jws.PeekKeyId(compact));
    }

    [Theory]
    [MemberData(nameof(Headers))]
    public void Verify_HeaderThatIsNotExactlyOurs_IsRefusedThoughTheSignatureHolds(string header, JwsRefusal reason) =>
        Assert.Equal(reason, Reason(Jws.Verify(Signed(header), Type, Find, Now)));

    [Fact]
    public void Verify_HeaderInAnotherOrderWithSpaces_IsValid() => Assert.IsType<JwsVerification.Valid>(
        Jws.Verify(Signed("""{ "typ": "custody-freeze+jws", "kid": "ed", "iat": 1769860860, "alg": "EdDSA" }"""), Type, Find, Now));

    [Fact]
    public void Verify_DetachedWhereAttachedIsExpectedAndBack_IsRefused()
    {
        var attached = Ed.SignBytes(Type, Payload, Now);
        var detached = Ed.SignBytes(Type, Payload, Now, detached: true);

        Assert.Equal(JwsRefusal.Malformed, Reason(Jws.VerifyDetached(attached, Payload, Type, Find, Now)));
        Assert.Equal(JwsRefusal.BadSignature, Reason(Jws.Verify(detached, Type, Find, Now)));
        Assert.Equal(JwsRefusal.BadSignature, Reason(Jws.VerifyDetached(detached, "{} "u8.ToArray(), Type, Find, Now)));
    }

    [Fact]
    public void Verify_AnyByteChanged_IsRefused()
    {
        var compact = Ed.SignBytes(Type, "{\"a\":1}"u8.ToArray(), Now);
        for (var i = 0; i < compact.Length; i++)
        {
            var changed = compact.ToCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';

            Assert.IsType<JwsVerification.Invalid>(Jws.Verify(new string(changed), Type, Find, Now));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("..")]
    [InlineData("a.b.c.d")]
    [InlineData("e30.e30.e30")]
    public void Verify_NotThreeParts_IsMalformed(string compact) => Assert.Equal(JwsRefusal.Malformed, Reason(Jws.Verify(compact, Type, Find, Now)));

    [Fact]
    public void Verify_PaddedOrSpacedParts_AreMalformed()
    {
        var compact = Ed.SignBytes(Type, "{\"a\":12}"u8.ToArray(), Now);

        Assert.Equal(JwsRefusal.Malformed, Reason(Jws.Verify(compact + "=", Type, Find, Now)));
        Assert.Equal(JwsRefusal.Malformed, Reason(Jws.Verify(compact + " ", Type, Find, Now)));
        Assert.Equal(JwsRefusal.Malformed, Reason(Jws.Verify("\n" + compact, Type, Find, Now)));
    }

    [Fact]
    public void Verify_KeyRegisteredWithAnotherAlgorithm_IsRefused() => Assert.Equal(
        JwsRefusal.WrongAlgorithm, Reason(Jws.Verify(Ed.SignBytes(Type, Payload, Now), Type, _ => Es.Registered, Now)));

    [Fact]
    public void Verify_KeyRegisteredWithoutAlgorithm_IsRefused() => Assert.Equal(
        JwsRefusal.WrongAlgorithm,
        Reason(Jws.Verify(Signed("""{"alg":"none","iat":1769860800,"kid":"ed","typ":"custody-freeze+jws"}"""), Type, _ => Ed.Registered with { Algorithm = SignatureAlgorithm.None }, Now)));

    [Theory]
    [InlineData(JwsRefusal.Malformed, RefusalCode.SignatureMalformed)]
    [InlineData(JwsRefusal.WrongType, RefusalCode.SignatureMalformed)]
    [InlineData(JwsRefusal.WrongAlgorithm, RefusalCode.SignatureMalformed)]
    [InlineData(JwsRefusal.UnknownKey, RefusalCode.SignatureKeyUnknown)]
    [InlineData(JwsRefusal.BadSignature, RefusalCode.SignatureInvalid)]
    [InlineData(JwsRefusal.BadIssueTime, RefusalCode.SignatureExpired)]
    [InlineData(JwsRefusal.Unspecified, RefusalCode.SignatureMalformed)]
    public void SignatureRefusal_EachReason_HasItsCodeAndRefuses(JwsRefusal reason, RefusalCode code)
    {
        var verdict = SignatureRefusal.Of(new JwsVerification.Invalid(reason, "why"));

        Assert.Equal((false, code, "why"), (verdict.IsAllowed, verdict.Code, verdict.Detail));
    }

    private static RegisteredKey? Find(string keyId) => keyId switch { "ed" => Ed.Registered, "es" => Es.Registered, _ => null };

    private static JwsRefusal Reason(JwsVerification verification) => Assert.IsType<JwsVerification.Invalid>(verification).Reason;

    // Signed by the key itself, so that nothing but the header can be what is refused.
    private static string Signed(string header)
    {
        var input = $"{StrictBase64Url.Encode(System.Text.Encoding.UTF8.GetBytes(header))}.{StrictBase64Url.Encode(Payload)}";
        return $"{input}.{StrictBase64Url.Encode(Ed.SignAsync(System.Text.Encoding.ASCII.GetBytes(input), CancellationToken.None).Result)}";
    }
}
