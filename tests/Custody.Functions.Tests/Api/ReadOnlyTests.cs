using Custody.Functions.Tests.Support;
using Xunit;

namespace Custody.Functions.Tests.Api;

/// <summary>GET /alerts, /governance and /health.</summary>
public sealed class ReadOnlyTests(SharedSystem shared) : ApiTest(shared)
{
    [Fact]
    public async Task Alerts_ForAnOperator_HaveSeverityAndRunbook()
    {
        var scope = $"client/{NewRequestId()}";
        await System.FreezeAsync(scope);
        var alert = (await Api.GetAsync("api/v1/alerts?most=500", "oscar")).Body["items"]!.AsArray().Single(a => (string?)a!["subject"] == scope)!;
        Assert.Equal(
            ("frozen-scope", "P2", "a test", "docs/runbooks/frozen-scope.md"),
            ((string?)alert["code"], (string?)alert["severity"], (string?)alert["detail"], (string?)alert["runbook"]));
        Assert.NotNull(alert["raisedAt"]);
        Assert.Single((await Api.GetAsync("api/v1/alerts?most=1", "oscar")).Body["items"]!.AsArray());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("501")]
    [InlineData("x")]
    public async Task Alerts_MostOutOfRange_Is422(string most) =>
        Refusal.Is(await Api.GetAsync($"api/v1/alerts?most={most}", "oscar"), 422, "field-invalid", "most");

    [Theory]
    [InlineData("exchange-a")]
    [InlineData("alice")]
    public async Task Alerts_ForAnybodyElse_Is403(string who) => Refusal.Is(await Api.GetAsync("api/v1/alerts", who), 403, "caller-not-allowed");

    [Theory]
    [InlineData("exchange-a")]
    [InlineData("alice")]
    [InlineData("olivia")]
    public async Task Governance_ForAnyCaller_IsTheSignedDocument(string who)
    {
        var answer = await Api.GetAsync("api/v1/governance", who);
        Assert.Equal((200, System.System.SignedGovernance.Payload), (answer.Status, (string?)answer.Body["payload"]));
        Assert.Equal(System.System.SignedGovernance.Signatures, answer.Body["signatures"]!.AsArray().Select(s => (string)s!));
    }

    [Theory]
    [InlineData("exchange-a")]
    [InlineData("alice")]
    [InlineData("grace")]
    public async Task GovernanceChainAndProposals_ForAnyCaller_AreShown(string who)
    {
        var chain = await Api.GetAsync("api/v1/governance/chain", who);
        Assert.Equal([System.System.SignedGovernance.Payload], chain.Body["versions"]!.AsArray().Select(v => (string)v!["payload"]!));
        Assert.Empty((await Api.GetAsync("api/v1/governance/proposals", who)).Body["items"]!.AsArray());
    }

    [Theory]
    [InlineData("exchange-a")]
    [InlineData("alice")]
    public async Task ProposeAndVeto_ByWhoIsNoGovernor_Is403(string who)
    {
        Refusal.Is(await Api.PostCompactAsync("api/v1/governance", who, "{}"), 403, "caller-not-allowed");
        Refusal.Is(await Api.PostCompactAsync("api/v1/governance/vetoes", who, "a.b.c"), 403, "caller-not-allowed");
    }

    [Fact]
    public async Task ProposeAndVeto_Malformed_IsRefused()
    {
        Refusal.Is(await Api.PostCompactAsync("api/v1/governance", "grace", "{}"), 400, "body-malformed");
        Refusal.Is(await Api.PostCompactAsync("api/v1/governance/vetoes", "grace", "a.b.c"), 401, "signature-malformed");
    }

    [Fact]
    public async Task Governance_ForAStranger_Is401() => Refusal.Is(await Api.GetWithTokenAsync("api/v1/governance", null), 401, "call-token-invalid");

    [Fact]
    public async Task Health_ForAStranger_SaysOkAndNoMore()
    {
        var answer = await Api.GetWithTokenAsync("api/v1/health", null);
        Assert.Equal((200, """{"status":"ok"}"""), (answer.Status, answer.Body.ToJsonString()));
    }
}
