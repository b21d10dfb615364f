using Custody.Core.Audit;
using Custody.Core.Encoding;
using Custody.Core.Intents;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;
using Custody.Functions.Tests.Support;
using Xunit;

namespace Custody.Functions.Tests.Api;

/// <summary>GET /withdrawals/{id}, its audit trail and its bundle.</summary>
public sealed class ShowTests(SharedSystem shared) : ApiTest(shared)
{
    [Theory]
    [InlineData("exchange-b")]
    [InlineData("alice")]
    [InlineData("olivia")]
    public async Task Show_OwnerApproverOperator_Is200(string who)
    {
        var id = await AwaitingApprovalAsync("exchange-b");
        var answer = await Api.ShowAsync(id, who);
        Assert.Equal((200, id, "exchange-b"), (answer.Status, answer.Id, (string?)answer.Body["clientId"]));
    }

    [Fact]
    public async Task ShowAndAudit_AnotherClients_Is404()
    {
        var id = await AwaitingApprovalAsync("exchange-b");
        Refusal.Is(await Api.ShowAsync(id), 404, "not-found");
        Refusal.Is(await Api.GetAsync($"api/v1/withdrawals/{id}/audit", "exchange-a"), 404, "not-found");
    }

    [Theory]
    [InlineData("w0000")]
    [InlineData("no such thing")]
    [InlineData("..%2F..%2Fx")]
    public async Task ShowAuditBundle_UnknownId_Is404(string id)
    {
        Refusal.Is(await Api.GetAsync($"api/v1/withdrawals/{id}", "exchange-a"), 404, "not-found");
        Refusal.Is(await Api.GetAsync($"api/v1/withdrawals/{id}/audit", "exchange-a"), 404, "not-found");
        Refusal.Is(await Api.GetAsync($"api/v1/withdrawals/{id}/bundle", "alice"), 404, "not-found");
    }

    [Fact]
    public async Task Audit_IsAChainThatEndsAtTheHead()
    {
        var id = await AwaitingApprovalAsync();
        var answer = await Api.GetAsync($"api/v1/withdrawals/{id}/audit", "exchange-a");
        Assert.Equal((200, id), (answer.Status, (string?)answer.Body["subject"]));
        var records = answer.Body["records"]!.AsArray().Select(r => CanonicalJson.Deserialize<AuditRecord>(CanonicalJson.Canonicalize(r))).ToList();
        Assert.Null(AuditChain.Problem(id, records, (string)answer.Body["head"]!));
        Assert.Equal(["receive", "validate", "whitelist", "screen", "policy", "reserve", "intent"], records.Select(r => r.Event.Stage));
    }

    [Fact]
    public async Task Bundle_ForAnApprover_HasWhatTheDeviceVerifies()
    {
        var id = await AwaitingApprovalAsync();
        var file = await FileAsync(id);
        var body = (await Api.GetAsync($"api/v1/withdrawals/{id}/bundle", "alice")).Body;
        Assert.Equal(StrictBase64Url.Encode(file.Find(CaseDocuments.Request)!.Content.Span), (string?)body["request"]);
        Assert.Equal(file.Find(CaseDocuments.Request)!.Signature, (string?)body["requestSignature"]);
        Assert.Equal(file.State.IntentDigest, (string?)body["intentDigest"]);
        Assert.True(StrictBase64Url.TryDecode((string)body["intent"]!, out var intent));
        Assert.Equal(file.State.IntentDigest, WithdrawalIntent.DigestOf(intent));
        Assert.Equal(System.System.SignedGovernance.Payload, (string?)body["governance"]![0]!["payload"]);
        Assert.NotNull(body["whitelistEntry"]!["payload"]);
        Assert.NotNull(body["customer"]!["payload"]);
        Assert.NotNull(body["whitelistActivatedAt"]);
        Assert.Empty(body["votes"]!.AsArray());
    }

    [Fact]
    public async Task Bundle_ForAnExchange_Is403() =>
        Refusal.Is(await Api.GetAsync($"api/v1/withdrawals/{await AwaitingApprovalAsync()}/bundle", "exchange-a"), 403, "caller-not-allowed");
}
