using Custody.Core.Callers;
using Custody.Core.Encoding;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Callers;

public sealed class CallTokenRuleTests
{
    private const string Audience = "https://custody.test";
    private static readonly DateTimeOffset Now = CustodyWorld.Start;
    private static readonly CallTokenClaims Claims = new(Audience, Now.AddMinutes(5).ToUnixTimeSeconds(), Now.ToUnixTimeSeconds(), "token-1");
    private static readonly Core.Governance.Governed Governed = CustodyWorld.Default.Governed;

    [Fact]
    public async Task Verify_IssuedToken_NamesItsCaller()
    {
        var kinds = new Dictionary<SoftwareKey, CallerKind> { [People.Exchange] = CallerKind.Exchange, [People.Ann] = CallerKind.Approver, [People.Omar] = CallerKind.Operator, [People.Gina] = CallerKind.Governor };
        foreach (var (key, kind) in kinds)
        {
            var reading = Verify(await CallTokenRule.IssueAsync(key, Audience, "token-1", Now, TestContext.Current.CancellationToken));

            Assert.True(reading.Verdict.IsAllowed, reading.Verdict.Detail);
            Assert.Equal((kind, key.KeyId, "token-1"), (reading.Caller!.Kind, reading.Caller.KeyId, reading.Caller.TokenId));
        }
    }

    [Fact]
    public void Verify_AnythingElse_IsRefusedWithItsCode()
    {
        Assert.Equal(RefusalCode.CallTokenInvalid, Code(null));
        Assert.Equal(RefusalCode.CallTokenInvalid, Code(""));
        Assert.Equal(RefusalCode.CallTokenInvalid, Code("a.b.c"));
        Assert.Equal(RefusalCode.CallTokenInvalid, Code(People.Ann.SignBytes(DocumentType.Approval, CanonicalJson.Serialize(Claims), Now)));
        Assert.Equal(RefusalCode.CallTokenInvalid, Code(Token(People.Stranger, Claims)));
        Assert.Equal(RefusalCode.CallerNotAllowed, Code(Token(People.Comparison, Claims)));
        Assert.Equal(RefusalCode.CallTokenAudience, Code(Token(People.Ann, Claims with { Audience = "https://elsewhere.test" })));
        Assert.Equal(RefusalCode.CallTokenAudience, Code(Token(People.Ann, Claims with { Audience = Audience + "/" })));
        Assert.Equal(RefusalCode.CallTokenExpired, Code(Token(People.Ann, Claims with { ExpiresAt = Now.ToUnixTimeSeconds() })));
        Assert.Equal(RefusalCode.CallTokenExpired, Code(Token(People.Ann, Claims with { ExpiresAt = Now.AddMinutes(6).ToUnixTimeSeconds() + 1 })));
        Assert.Equal(RefusalCode.CallTokenExpired, Code(Raw("9223372036854775807")));
        Assert.Equal(RefusalCode.CallTokenExpired, Code(Raw("-9223372036854775808")));
        Assert.Equal(RefusalCode.CallTokenInvalid, Code(Raw("9223372036854775808")));
        Assert.Equal(RefusalCode.CallTokenExpired, Code(Token(People.Ann, Claims with { IssuedAt = Now.AddSeconds(61).ToUnixTimeSeconds() })));
        Assert.Equal(RefusalCode.CallTokenInvalid, Code(Token(People.Ann, Claims with { TokenId = "" })));
        Assert.Equal(RefusalCode.CallTokenInvalid, Code(Token(People.Ann, Claims with { TokenId = "a/b" })));
        Assert.Equal(RefusalCode.CallTokenInvalid, Code(People.Ann.SignBytes(DocumentType.CallToken, """{"aud":"x","exp":1,"iat":1,"jti":"a","sub":"b"}"""u8.ToArray(), null)));
        Assert.Equal(RefusalCode.CallTokenInvalid, Code(People.Ann.SignBytes(DocumentType.CallToken, """{"aud":["x"],"exp":1,"iat":1,"jti":"a"}"""u8.ToArray(), null)));
        Assert.Equal(RefusalCode.CallTokenInvalid, Code(People.Ann.SignBytes(DocumentType.CallToken, """{"aud":"x","exp":"1","iat":1,"jti":"a"}"""u8.ToArray(), null)));
    }

    private static RefusalCode Code(string? token)
    {
        var reading = Verify(token);
        Assert.False(reading.Verdict.IsAllowed);
        Assert.Null(reading.Caller);
        return reading.Verdict.Code;
    }

    private static string Raw(string expiry) => People.Ann.SignBytes(
        DocumentType.CallToken, System.Text.Encoding.ASCII.GetBytes($$"""{"aud":"{{Audience}}","exp":{{expiry}},"iat":1,"jti":"a"}"""), null);

    private static CallerReading Verify(string? token) => CallTokenRule.Verify(token, Audience, Governed, Now);

    private static string Token(SoftwareKey key, CallTokenClaims claims) => key.SignBytes(DocumentType.CallToken, CanonicalJson.Serialize(claims), null);
}
