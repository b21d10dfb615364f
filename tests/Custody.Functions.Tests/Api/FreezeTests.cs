using Custody.Core.Journals;
using Custody.Core.Signatures;
using Custody.Functions.Tests.Support;
using Xunit;

namespace Custody.Functions.Tests.Api;

/// <summary>GET and POST /freezes, POST /thaws. Each test freezes a client that does not exist.</summary>
public sealed class FreezeTests(SharedSystem shared) : ApiTest(shared)
{
    private static string NewScope() => $"client/{NewRequestId()}";

    private async Task<long> FrozenAsync(string scope)
    {
        var answer = await System.FreezeAsync(scope);
        Assert.Equal((200, scope), (answer.Status, (string?)answer.Body["scope"]));
        return (long)answer.Body["sequence"]!;
    }

    [Fact]
    public async Task Freeze_ByOneOperator_IsListedAndAlerted()
    {
        var scope = NewScope();
        var sequence = await FrozenAsync(scope);
        var listed = (await Api.GetAsync("api/v1/freezes", "oscar")).Body["items"]!.AsArray().Single(f => (string?)f!["scope"] == scope)!;
        Assert.Equal((sequence, "a test"), ((long)listed["sequence"]!, (string?)listed["reason"]));
        Assert.NotNull(listed["at"]);
        Assert.Equal(1, await System.AlertsAsync("frozen-scope", scope));
    }

    [Fact]
    public async Task Freeze_Again_StaysTheSameFreeze()
    {
        var scope = NewScope();
        var sequence = await FrozenAsync(scope);
        var again = await System.FreezeAsync(scope, "oscar");
        Assert.Equal((200, sequence), (again.Status, (long)again.Body["sequence"]!));
        Assert.Equal(1, await System.AlertsAsync("frozen-scope", scope));
    }

    [Theory]
    [InlineData("everything")]
    [InlineData("vault/")]
    [InlineData("client/a/b")]
    [InlineData("")]
    public async Task Freeze_NoScope_Is422(string scope) => Refusal.Is(await System.FreezeAsync(scope), 422, "field-invalid");

    [Fact]
    public async Task Freeze_MalformedExpiredOrForeign_IsRefused()
    {
        Refusal.Is(await Api.PostCompactAsync("api/v1/freezes", "olivia", ""), 400, "body-malformed");
        Refusal.Is(await Api.PostCompactAsync("api/v1/freezes", "olivia", "a.b.c"), 401, "signature-malformed");
        var old = new FreezeStatement(1, NewScope(), "olivia", "a test", Journeys.Now - TimeSpan.FromHours(2), Journeys.Now - TimeSpan.FromHours(1));
        Refusal.Is(await Api.PostAsync("api/v1/freezes", "olivia", DocumentType.Freeze, old), 401, "statement-expired");
        Refusal.Is(await Api.PostAsync("api/v1/freezes", "oscar", DocumentType.Freeze, old with { ExpiresAt = Journeys.Now + TimeSpan.FromHours(1) }), 401, "signature-key-unknown");
    }

    [Theory]
    [InlineData("exchange-a")]
    [InlineData("alice")]
    public async Task FreezeThawList_ByAnyoneButAnOperator_Is403(string who)
    {
        Refusal.Is(await System.FreezeAsync(NewScope(), who), 403, "caller-not-allowed");
        Refusal.Is(await System.ThawAsync(NewScope(), 1, who), 403, "caller-not-allowed");
        Refusal.Is(await Api.GetAsync("api/v1/freezes", who), 403, "caller-not-allowed");
    }

    [Fact]
    public async Task Thaw_TwoPeople_EndsTheFreeze()
    {
        var scope = NewScope();
        var sequence = await FrozenAsync(scope);
        var first = await System.ThawAsync(scope, sequence, "olivia");
        Assert.Equal((202, 1, 2), (first.Status, (int?)first.Body["signatures"], (int?)first.Body["needed"]));
        var second = await System.ThawAsync(scope, sequence, "oscar");
        Assert.Equal((200, scope), (second.Status, (string?)second.Body["scope"]));
        var listed = (await Api.GetAsync("api/v1/freezes", "olivia")).Body["items"]!.AsArray();
        Assert.DoesNotContain(listed, f => (string?)f!["scope"] == scope);
        Assert.Equal(1, await System.AlertsAsync("thawed-scope", scope));
    }

    [Fact]
    public async Task Thaw_OnePersonTwiceOrWithTwoKeys_DoesNotEndIt()
    {
        var scope = NewScope();
        var sequence = await FrozenAsync(scope);
        Assert.Equal(202, (await System.ThawAsync(scope, sequence, "olivia")).Status);
        Assert.Equal(202, (await System.ThawAsync(scope, sequence, "olivia")).Status);
        Assert.Equal(202, (await System.ThawAsync(scope, sequence, "olga")).Status);
        Assert.Equal(sequence, await System.FreezeSequenceAsync(scope));
    }

    [Fact]
    public async Task Thaw_SignedAgainAfterBothHalvesExpired_EndsTheFreeze()
    {
        var scope = NewScope();
        var sequence = await FrozenAsync(scope);
        var brief = new ThawStatement(1, scope, sequence, "olivia", "a test", Journeys.Now, Journeys.Now + TimeSpan.FromSeconds(4));
        Assert.Equal(202, (await Api.PostAsync("api/v1/thaws", "olivia", DocumentType.Thaw, brief)).Status);
        while (TimeProvider.System.GetUtcNow() <= brief.ExpiresAt)
        {
            await Task.Delay(100, Cancellation);
        }

        Assert.Equal(202, (await System.ThawAsync(scope, sequence, "olivia")).Status);
        Assert.Equal(200, (await System.ThawAsync(scope, sequence, "oscar")).Status);
    }

    [Fact]
    public async Task Thaw_OfAnEarlierFreeze_DoesNotEndANewOne()
    {
        var scope = NewScope();
        var old = await FrozenAsync(scope);
        await System.ThawAsync(scope);
        var fresh = await FrozenAsync(scope);
        Assert.True(fresh > old);
        Refusal.Is(await System.ThawAsync(scope, old, "olivia"), 409, "not-frozen");
        Refusal.Is(await System.ThawAsync(scope, old, "oscar"), 409, "not-frozen");
        Assert.Equal(fresh, await System.FreezeSequenceAsync(scope));
    }

    [Fact]
    public async Task Thaw_NotFrozenMalformedOrExpired_IsRefused()
    {
        Refusal.Is(await System.ThawAsync(NewScope(), 1, "olivia"), 409, "not-frozen");
        Refusal.Is(await Api.PostCompactAsync("api/v1/thaws", "olivia", ""), 400, "body-malformed");
        var scope = NewScope();
        var late = new ThawStatement(1, scope, await FrozenAsync(scope), "olivia", "a test", Journeys.Now - TimeSpan.FromHours(2), Journeys.Now - TimeSpan.FromHours(1));
        Refusal.Is(await Api.PostAsync("api/v1/thaws", "olivia", DocumentType.Thaw, late), 401, "statement-expired");
    }
}
