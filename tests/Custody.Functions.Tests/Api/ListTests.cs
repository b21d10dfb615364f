using Custody.Core.Withdrawals;
using Custody.Functions.Tests.Support;
using Xunit;

namespace Custody.Functions.Tests.Api;

/// <summary>GET /withdrawals.</summary>
public sealed class ListTests(SharedSystem shared) : ApiTest(shared)
{
    private const string Path = "api/v1/withdrawals";

    private async Task<List<string>> WalkAsync(string query, string who)
    {
        var (ids, continuation) = (new List<string>(), "");
        do
        {
            var page = (await Api.GetAsync($"{Path}?{query}{continuation}", who)).Body;
            ids.AddRange(page["items"]!.AsArray().Select(i => (string)i!["id"]!));
            continuation = (string?)page["continuation"] is { } next ? $"&continuation={Uri.EscapeDataString(next)}" : "";
        }
        while (continuation.Length > 0);
        return ids;
    }

    [Fact]
    public async Task List_AllPages_HasEachOfTheCallersOwnOnceNewestFirst()
    {
        var made = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            made.Add((await Api.SubmitAsync(People.Request("exchange-list", NewRequestId()))).Id);
        }

        await AwaitingApprovalAsync("exchange-b");
        foreach (var size in new[] { 1, 2, 3, 7, 200 })
        {
            var own = await WalkAsync($"size={size}", "exchange-list");
            Assert.Equal(own.Distinct(), own);
            Assert.Equal(made.Order(), own.Order());
        }

        var items = (await Api.GetAsync(Path, "exchange-list")).Body["items"]!.AsArray();
        Assert.All(items, i => Assert.Equal("exchange-list", (string?)i!["clientId"]));
        var times = items.Select(i => (string)i!["createdAt"]!).ToList();
        Assert.Equal(times.OrderDescending(), times);

        await Api.WaitForAsync(made[3], WithdrawalStatus.AwaitingApproval);
        Assert.Equal(200, (await Cancellations.PostAsync(System, made[3], "exchange-list")).Status);
        Assert.Equal([made[3]], await WalkAsync("size=1&status=cancelled", "exchange-list"));
        Assert.DoesNotContain(made[3], await WalkAsync("size=2&status=awaitingApproval", "exchange-list"));
        Assert.Empty(await WalkAsync("size=2&status=failed", "exchange-list"));

        var everybodys = await WalkAsync("size=200", "olivia");
        Assert.Subset(everybodys.ToHashSet(), made.ToHashSet());
        Assert.Equal(everybodys.Distinct(), everybodys);
    }

    [Theory]
    [InlineData("size=0", "size")]
    [InlineData("size=201", "size")]
    [InlineData("size=-1", "size")]
    [InlineData("size=two", "size")]
    [InlineData("status=Settled", "status")]
    [InlineData("status=unknown", "status")]
    [InlineData("status=nonsense", "status")]
    [InlineData("continuation=nonsense", "continuation")]
    [InlineData("continuation=%00%01", "continuation")]
    public async Task List_InvalidParameter_Is422NamingIt(string query, string field) =>
        Refusal.Is(await Api.GetAsync($"{Path}?{query}", "exchange-a"), 422, "field-invalid", field);
}
