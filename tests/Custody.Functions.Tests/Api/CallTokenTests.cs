using System.Text;
using System.Text.Json.Nodes;
using Custody.Core.Signatures;
using Custody.Functions.Tests.Support;
using Xunit;

namespace Custody.Functions.Tests.Api;

/// <summary>Who calls: only a short-lived token of exactly the right form, for this API, under a registered caller's key.</summary>
public sealed class CallTokenTests(SharedSystem shared) : ApiTest(shared)
{
    private const string Path = "api/v1/withdrawals?size=1";
    private static readonly string[] Dialects = ["JWT", DocumentType.Request, DocumentType.Approval, "CUSTODY-CALL+JWT", ""];

    private IDocumentSigner Client => Api.Signer("exchange-a");

    private JsonObject Claims(int expiresIn = 240, int issuedIn = 0, string? audience = null, string? tokenId = null)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return new JsonObject
        {
            ["aud"] = audience ?? System.System.Plan.Api.Audience,
            ["exp"] = now + expiresIn,
            ["iat"] = now + issuedIn,
            ["jti"] = tokenId ?? NewRequestId(),
        };
    }

    private JsonObject Header(string? algorithm = null, string? keyId = null, string type = DocumentType.CallToken) =>
        new() { ["alg"] = algorithm ?? "ES256", ["kid"] = keyId ?? Client.KeyId, ["typ"] = type };

    private static byte[] Bytes(JsonObject claims) => Encoding.UTF8.GetBytes(claims.ToJsonString());

    private async Task RefusedAsync(string? token, string code, int status = 401) => Refusal.Is(await Api.GetWithTokenAsync(Path, token), status, code);

    private async Task RefusedAsync(JsonObject header, JsonObject claims, string code, int status = 401, string who = "exchange-a") =>
        await RefusedAsync(await Forge.CompactAsync(Api.Signer(who), header, Bytes(claims)), code, status);

    [Fact]
    public async Task Call_WellFormedToken_IsAnswered() =>
        Assert.Equal(200, (await Api.GetWithTokenAsync(Path, await Forge.CompactAsync(Client, Header(), Bytes(Claims())))).Status);

    [Fact]
    public async Task Call_NoTokenOrGarbage_Is401()
    {
        await RefusedAsync(null, "call-token-invalid");
        await RefusedAsync("not-a-token", "call-token-invalid");
        await RefusedAsync("a.b.c", "call-token-invalid");
    }

    [Fact]
    public async Task Call_AnotherTyp_Is401()
    {
        foreach (var type in Dialects)
        {
            await RefusedAsync(Header(type: type), Claims(), "call-token-invalid");
        }
    }

    [Fact]
    public async Task Call_AlgorithmNone_Is401()
    {
        await RefusedAsync(Forge.Unsigned(Header("none"), Bytes(Claims())), "call-token-invalid");
        await RefusedAsync(Forge.Unsigned(Header("ES256"), Bytes(Claims())), "call-token-invalid");
    }

    [Fact]
    public async Task Call_HmacWithThePublicKey_Is401()
    {
        var key = System.System.Governance.Clients.First(c => c.Id == "exchange-a").Keys[0].PublicKeyBytes();
        await RefusedAsync(Forge.Hmac(Header("HS256"), Bytes(Claims()), key), "call-token-invalid");
        await RefusedAsync(Forge.Hmac(Header("ES256"), Bytes(Claims()), key), "call-token-invalid");
    }

    [Fact]
    public async Task Call_AlgorithmOfAnotherKey_Is401()
    {
        await RefusedAsync(Header("EdDSA"), Claims(), "call-token-invalid");
        var ed = Api.Signer("exchange-ed");
        Assert.Equal(SignatureAlgorithm.EdDsa, ed.Algorithm);
        await RefusedAsync(Header("ES256", ed.KeyId), Claims(), "call-token-invalid", who: "exchange-ed");
        await RefusedAsync(Header("EdDSA", ed.KeyId), Claims(), "call-token-invalid");
        Assert.Equal(200, (await Api.GetWithTokenAsync(Path, await Forge.CompactAsync(ed, Header("EdDSA", ed.KeyId), Bytes(Claims())))).Status);
    }

    [Fact]
    public async Task Call_ExpiredTooLongLivedOrFromTheFuture_Is401()
    {
        await RefusedAsync(Header(), Claims(expiresIn: -1, issuedIn: -200), "call-token-expired");
        await RefusedAsync(Header(), Claims(expiresIn: 3600), "call-token-expired");
        await RefusedAsync(Header(), Claims(issuedIn: 200), "call-token-expired");
    }

    [Fact]
    public async Task Call_AnotherAudience_Is401() => await RefusedAsync(Header(), Claims(audience: "somebody-else"), "call-token-audience");

    [Fact]
    public async Task Call_UnknownKey_Is401() => await RefusedAsync(Header(keyId: "nobody"), Claims(), "call-token-invalid");

    [Fact]
    public async Task Call_AnotherCallersKeyId_Is401() => await RefusedAsync(Header(keyId: Api.Signer("exchange-b").KeyId), Claims(), "call-token-invalid");

    [Fact]
    public async Task Call_KeyOfNoCaller_Is403() =>
        await RefusedAsync(Header(keyId: Api.Signer("grace").KeyId), Claims(), "caller-not-allowed", 403, "grace");

    [Fact]
    public async Task Call_ChangedClaims_Is401()
    {
        var parts = (await Forge.CompactAsync(Client, Header(), Bytes(Claims()))).Split('.');
        var other = (await Forge.CompactAsync(Client, Header(), Bytes(Claims(expiresIn: 250)))).Split('.');
        await RefusedAsync($"{parts[0]}.{other[1]}.{parts[2]}", "call-token-invalid");
    }

    [Fact]
    public async Task Call_MoreOrFewerClaimsOrHeaders_Is401()
    {
        var more = Claims();
        more["sub"] = "exchange-a";
        await RefusedAsync(Header(), more, "call-token-invalid");
        foreach (var claim in new[] { "aud", "exp", "iat", "jti" })
        {
            var fewer = Claims();
            fewer.Remove(claim);
            await RefusedAsync(Header(), fewer, "call-token-invalid");
        }

        var header = Header();
        header["jwk"] = new JsonObject();
        await RefusedAsync(header, Claims(), "call-token-invalid");
        await RefusedAsync(Header(), Claims(tokenId: "a/b"), "call-token-invalid");
    }

    [Fact]
    public async Task Write_TokenUsedBefore_Is401()
    {
        var token = await Forge.CompactAsync(Client, Header(), Bytes(Claims()));
        var body = "{}"u8.ToArray();
        var first = await Api.SubmitAsync(body, null, token);
        Assert.NotEqual("call-token-replayed", first.Code);
        Refusal.Is(await Api.SubmitAsync(body, null, token), 401, "call-token-replayed");
    }

    [Fact]
    public async Task Write_OneTokenInParallel_CountsOnce()
    {
        var token = await Forge.CompactAsync(Client, Header(), Bytes(Claims()));
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Api.SubmitAsync("{}"u8.ToArray(), null, token)));
        Assert.Equal(9, answers.Count(a => a.Code == "call-token-replayed"));
    }

    [Fact]
    public async Task Read_TokenUsedBefore_IsAnswered()
    {
        var token = await Forge.CompactAsync(Client, Header(), Bytes(Claims()));
        Assert.Equal(200, (await Api.GetWithTokenAsync(Path, token)).Status);
        Assert.Equal(200, (await Api.GetWithTokenAsync(Path, token)).Status);
    }
}
