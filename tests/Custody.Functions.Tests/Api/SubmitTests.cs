using System.Text;
using System.Text.Json.Nodes;
using Custody.Core.Encoding;
using Custody.Core.Intents;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;
using Custody.Functions.Tests.Support;
using Custody.Testing.App;
using Xunit;

namespace Custody.Functions.Tests.Api;

/// <summary>POST /withdrawals.</summary>
public sealed class SubmitTests(SharedSystem shared) : ApiTest(shared)
{
    private static WithdrawalRequest NewRequest() => ApiClient.Request(NewRequestId());

    private async Task<ApiAnswer> SubmitAsync(byte[] body) => await Api.SubmitAsync(body, await Api.SignRequestAsync(body), await Api.TokenAsync("exchange-a"));

    private Task<ApiAnswer> SubmitAsync(WithdrawalRequest request, string? signature) => SubmitAsync(CanonicalJson.Serialize(request), signature);

    private async Task<ApiAnswer> SubmitAsync(byte[] body, string? signature) => await Api.SubmitAsync(body, signature, await Api.TokenAsync("exchange-a"));

    [Fact]
    public async Task Submit_NewRequest_Is202WithTheWithdrawal()
    {
        var request = NewRequest();
        var answer = await Api.SubmitAsync(request);
        Assert.Equal(202, answer.Status);
        Assert.Equal("application/json", answer.MediaType);
        Assert.Equal(WithdrawalId.Derive("exchange-a", request.RequestId), answer.Id);
        Assert.Equal("received", (string?)answer.Body["status"]);
        Assert.Equal("100000000000000000", (string?)answer.Body["amount"]);
        Assert.Equal(1, (int?)answer.Body["attempt"]);
        Assert.Equal(64, ((string?)answer.Body["requestDigest"])!.Length);
        Assert.Equal($"{System.Url}api/v1/withdrawals/{answer.Id}", (string?)answer.Body["links"]!["self"]);
        Assert.Equal($"{System.Url}api/v1/withdrawals/{answer.Id}/audit", (string?)answer.Body["links"]!["audit"]);
        Assert.Null(answer.Body["intentDigest"]);

        var waiting = await Api.WaitForAsync(answer.Id, WithdrawalStatus.AwaitingApproval);
        Assert.Equal(64, ((string?)waiting["intentDigest"])!.Length);
    }

    [Fact]
    public async Task Submit_SameBodyAgain_Is200WithTheSameId()
    {
        var request = NewRequest();
        var first = await Api.SubmitAsync(request);
        var again = await Api.SubmitAsync(request);
        Assert.Equal((202, 200), (first.Status, again.Status));
        Assert.Equal(first.Id, again.Id);
    }

    [Fact]
    public async Task Submit_SameRequestIdWithAnotherBody_Is409()
    {
        var request = NewRequest();
        await Api.SubmitAsync(request);
        Refusal.Is(await Api.SubmitAsync(request with { Amount = request.Amount + 1 }), 409, "request-conflict", "requestId");
    }

    [Fact]
    public async Task Submit_SameContentInOtherBytes_Is409()
    {
        var request = NewRequest();
        await Api.SubmitAsync(request);
        Refusal.Is(await SubmitAsync([.. CanonicalJson.Serialize(request), (byte)'\n']), 409, "request-conflict", "requestId");
    }

    [Fact]
    public async Task Submit_EdDsaClient_IsAccepted()
    {
        var id = await AwaitingApprovalAsync("exchange-ed");
        Assert.Equal("exchange-ed", (await FileAsync(id)).State.ClientId);
    }

    [Fact]
    public async Task Submit_NoSignature_Is401() => Refusal.Is(await SubmitAsync(NewRequest(), null), 401, "signature-missing");

    [Fact]
    public async Task Submit_MalformedSignature_Is401()
    {
        Refusal.Is(await SubmitAsync(NewRequest(), "abc"), 401, "signature-malformed");
        var request = NewRequest();
        var attached = await Jws.SignAsync(Api.Signer("exchange-a"), DocumentType.Request, CanonicalJson.Serialize(request), Journeys.Now, detached: false, Cancellation);
        Refusal.Is(await SubmitAsync(request, attached), 401, "signature-malformed");
    }

    [Fact]
    public async Task Submit_SignatureOfAnotherTyp_Is401()
    {
        var request = NewRequest();
        Refusal.Is(await SubmitAsync(request, await Api.SignRequestAsync(CanonicalJson.Serialize(request), type: DocumentType.Cancellation)), 401, "signature-malformed");
    }

    [Fact]
    public async Task Submit_SignatureWithAnotherAlgorithm_Is401()
    {
        var body = CanonicalJson.Serialize(NewRequest());
        var signer = Api.Signer("exchange-a");
        foreach (var algorithm in new[] { "EdDSA", "HS256", "none" })
        {
            var header = new JsonObject { ["alg"] = algorithm, ["kid"] = signer.KeyId, ["typ"] = DocumentType.Request, ["iat"] = Journeys.Now.ToUnixTimeSeconds() };
            Refusal.Is(await SubmitAsync(body, await Forge.CompactAsync(signer, header, body, detached: true)), 401, "signature-malformed");
        }
    }

    [Fact]
    public async Task Submit_SignatureByAKeyThatIsNotTheClients_Is401()
    {
        var request = NewRequest();
        var body = CanonicalJson.Serialize(request);
        Refusal.Is(await SubmitAsync(body, await Api.SignRequestAsync(body, "exchange-b")), 401, "signature-key-unknown");
        Refusal.Is(await SubmitAsync(body, await Api.SignRequestAsync(body, "alice")), 401, "signature-key-unknown");
    }

    [Fact]
    public async Task Submit_BodyChangedAfterSigning_Is401()
    {
        var request = NewRequest();
        var signature = await Api.SignRequestAsync(CanonicalJson.Serialize(request));
        Refusal.Is(await SubmitAsync(request with { Amount = request.Amount * 10 }, signature), 401, "signature-invalid");
    }

    [Fact]
    public async Task Submit_SignedInTheFuture_Is401()
    {
        var body = CanonicalJson.Serialize(NewRequest());
        var signature = await Jws.SignAsync(Api.Signer("exchange-a"), DocumentType.Request, body, Journeys.Now + TimeSpan.FromHours(1), detached: true, Cancellation);
        Refusal.Is(await SubmitAsync(body, signature), 401, "signature-expired");
    }

    [Fact]
    public async Task Submit_ExpiredOrFutureRequest_Is401()
    {
        var now = Journeys.Now;
        Refusal.Is(await Api.SubmitAsync(NewRequest() with { IssuedAt = now - TimeSpan.FromHours(2), ExpiresAt = now - TimeSpan.FromHours(1) }), 401, "signature-expired");
        Refusal.Is(await Api.SubmitAsync(NewRequest() with { IssuedAt = now + TimeSpan.FromHours(1), ExpiresAt = now + TimeSpan.FromHours(2) }), 401, "signature-expired");
    }

    [Fact]
    public async Task Submit_ForAnotherClient_Is403()
    {
        var body = CanonicalJson.Serialize(NewRequest());
        Refusal.Is(await Api.SubmitAsync(body, await Api.SignRequestAsync(body), await Api.TokenAsync("exchange-b")), 403, "caller-not-allowed", "clientId");
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("olivia")]
    public async Task Submit_ByApproverOrOperator_Is403(string who)
    {
        var body = CanonicalJson.Serialize(NewRequest());
        Refusal.Is(await Api.SubmitAsync(body, await Api.SignRequestAsync(body), await Api.TokenAsync(who)), 403, "caller-not-allowed");
    }

    [Theory]
    [InlineData("clientId", "\"a b\"")]
    [InlineData("clientId", "7")]
    [InlineData("customerId", "\"\"")]
    [InlineData("customerId", "null")]
    [InlineData("requestId", "\"a/b\"")]
    [InlineData("requestId", "{}")]
    [InlineData("asset", "\"ETH\"")]
    [InlineData("asset", "7")]
    [InlineData("amount", "\"-1\"")]
    [InlineData("amount", "\"1.5\"")]
    [InlineData("amount", "\"01\"")]
    [InlineData("amount", "1")]
    [InlineData("whitelistEntryId", "\"entry 1\"")]
    [InlineData("whitelistEntryId", "[]")]
    [InlineData("issuedAt", "\"today\"")]
    [InlineData("expiresAt", "\"2026-01-31\"")]
    [InlineData("expiresAt", "\"2000-01-01T00:00:00Z\"")]
    [InlineData("expiresAt", "\"2100-01-01T00:00:00Z\"")]
    [InlineData("destination", "7")]
    [InlineData("maxFee", "\"lots\"")]
    [InlineData("surprise", "1")]
    public async Task Submit_InvalidField_Is422NamingIt(string field, string value)
    {
        var body = JsonNode.Parse(CanonicalJson.Serialize(NewRequest()))!.AsObject();
        body[field] = JsonNode.Parse(value);
        Refusal.Is(await SubmitAsync(Encoding.UTF8.GetBytes(body.ToJsonString())), 422, "field-invalid", field);
    }

    [Theory]
    [InlineData("clientId")]
    [InlineData("customerId")]
    [InlineData("requestId")]
    [InlineData("asset")]
    [InlineData("amount")]
    [InlineData("whitelistEntryId")]
    [InlineData("issuedAt")]
    [InlineData("expiresAt")]
    public async Task Submit_MissingField_Is422NamingIt(string field)
    {
        var body = JsonNode.Parse(CanonicalJson.Serialize(NewRequest()))!.AsObject();
        body.Remove(field);
        Refusal.Is(await SubmitAsync(Encoding.UTF8.GetBytes(body.ToJsonString())), 422, "field-invalid", field);
    }

    [Fact]
    public async Task Submit_RepeatedField_Is422NamingIt()
    {
        var body = Encoding.UTF8.GetString(CanonicalJson.Serialize(NewRequest()));
        Refusal.Is(await SubmitAsync(Encoding.UTF8.GetBytes("{\"amount\":\"1\"," + body[1..])), 422, "field-invalid", "amount");
    }

    [Fact]
    public async Task Submit_AmountZero_Is422() => Refusal.Is(await Api.SubmitAsync(NewRequest() with { Amount = 0 }), 422, "amount-zero", "amount");

    [Fact]
    public async Task Submit_UnknownAsset_Is422() => Refusal.Is(
        await Api.SubmitAsync(NewRequest() with { Asset = Core.Assets.AssetId.Parse("eip155:1/slip44:60") }), 422, "asset-unknown", "asset");

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task Submit_NoRequestAtAll_Is400(string body) => Refusal.Is(await SubmitAsync(Encoding.UTF8.GetBytes(body)), 400, "body-malformed");

    [Fact]
    public async Task Submit_TooLargeABody_Is400() => Refusal.Is(await SubmitAsync(new byte[33 * 1024]), 400, "body-malformed");

    [Fact]
    public async Task Submit_FiftyTimesInParallel_MakesOneWithdrawalOneOrchestrationOnePayment()
    {
        var amount = 100_000_000_000_000_000 + (long)Random.Shared.Next();
        var request = ApiClient.Request(NewRequestId(), amount);
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Api.SubmitAsync(request)));
        Assert.Equal(1, answers.Count(a => a.Status == 202));
        Assert.Equal(49, answers.Count(a => a.Status == 200));
        var id = Assert.Single(answers.Select(a => a.Id).Distinct());

        await Api.WaitForAsync(id, WithdrawalStatus.AwaitingApproval);
        await System.ApproveAsync(id);
        await Api.WaitForAsync(id, WithdrawalStatus.Settled);
        Assert.Single(await System.SentByVaultAsync(), t => t.Value == amount);
        Assert.Single(await HubRows.HistoryAsync(System, id), r => r.GetString("EventType") == "ExecutionStarted");
        Assert.Single(await System.Storage.Withdrawals.AuditAsync(id, Cancellation), r => r.Event is { Stage: "receive" });
    }
}
