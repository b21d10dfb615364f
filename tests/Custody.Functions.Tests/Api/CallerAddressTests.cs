using System.Net;
using Custody.Functions.Audit;
using Custody.Functions.Http;
using Custody.Functions.Tests.Support;
using Custody.Testing.App;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Custody.Functions.Tests.Api;

/// <summary>From where: a key that governance ties to ranges calls from nowhere else.</summary>
public sealed class CallerAddressTests(SharedSystem shared) : ApiTest(shared)
{
    private const string Path = "api/v1/withdrawals?size=1";
    private const string Header = "X-Forwarded-For";

    [Fact]
    public async Task Call_FromOutsideTheKeysRanges_Is403AndWrittenDown()
    {
        Refusal.Is(await Api.GetAsync(Path, "exchange-far"), 403, "caller-address");
        Refusal.Is(await Api.SubmitAsync(Request("exchange-far")), 403, "caller-address");
        Assert.True(await RefusalsAsync() >= 2);
    }

    [Fact]
    public async Task Call_FromInsideTheKeysRanges_IsAnswered()
    {
        Assert.Equal(200, (await Api.GetAsync(Path, "exchange-near")).Status);
        Assert.Equal(200, (await Api.GetAsync(Path, "exchange-a")).Status);
    }

    // Where no header is trusted, anybody could write one.
    [Fact]
    public async Task Call_AHeaderThatIsNotTrusted_CountsForNothing()
    {
        Refusal.Is(await Api.GetAsync(Path, "exchange-far", Header, "203.0.113.5"), 403, "caller-address");
        Assert.Equal(200, (await Api.GetAsync(Path, "exchange-near", Header, "203.0.113.5")).Status);
    }

    [Fact]
    public async Task Call_BehindAProxy_TheLastAddressOfTheTrustedHeaderCounts()
    {
        await using var behind = await RunningSystem.StartAsync(
            new RunningSystemOptions { Plan = People.AddTo, Settings = new Dictionary<string, string> { ["Custody__Api__ClientAddressHeader"] = Header } }, Cancellation);

        foreach (var inside in (string[])["203.0.113.5", "198.51.100.1, 203.0.113.5", "198.51.100.1,203.0.113.5:4711", "[2001:db8::5]:443"])
        {
            Assert.Equal(200, (await behind.Api.GetAsync(Path, "exchange-far", Header, inside)).Status);
        }

        foreach (var outside in (string[])["198.51.100.1", "203.0.113.5, 198.51.100.1", "203.0.113.5,", "unknown", "127.0.0.1"])
        {
            Refusal.Is(await behind.Api.GetAsync(Path, "exchange-far", Header, outside), 403, "caller-address");
        }

        Refusal.Is(await behind.Api.GetAsync(Path, "exchange-near"), 403, "caller-address");
        Assert.Equal(200, (await behind.Api.GetAsync(Path, "exchange-a")).Status);
    }

    [Theory]
    [InlineData("203.0.113.5", "203.0.113.5")]
    [InlineData("198.51.100.1, 203.0.113.5", "203.0.113.5")]
    [InlineData("203.0.113.5:4711", "203.0.113.5")]
    [InlineData("2001:db8::5", "2001:db8::5")]
    [InlineData("[2001:db8::5]:443", "2001:db8::5")]
    [InlineData("203.0.113.5, unknown", null)]
    [InlineData("203.0.113.5,", null)]
    [InlineData("", null)]
    public void Of_ATrustedHeader_IsItsLastAddressOrNone(string header, string? expected)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Loopback;
        http.Request.Headers[Header] = header;

        Assert.Equal(expected, CallerAddress.Of(http, Header)?.ToString());
    }

    [Fact]
    public void Of_TheTrustedHeaderTwice_IsTheLastOnes()
    {
        var http = new DefaultHttpContext();
        http.Request.Headers[Header] = new(["203.0.113.5", "198.51.100.1"]);

        Assert.Equal("198.51.100.1", CallerAddress.Of(http, Header)?.ToString());
    }

    [Fact]
    public void Of_NoTrustedHeader_IsTheConnections()
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Loopback;
        http.Request.Headers[Header] = "203.0.113.5";

        Assert.Equal(IPAddress.Loopback, CallerAddress.Of(http, null));
        Assert.Null(CallerAddress.Of(new DefaultHttpContext(), null));
    }

    private static Core.Intents.WithdrawalRequest Request(string client) => People.Request(client, NewRequestId());

    private async Task<int> RefusalsAsync()
    {
        var records = await System.Storage.Audit.ReadAsync(DoorAudit.Subject(TimeProvider.System.GetUtcNow()), Cancellation);
        return records.Count(r => r.Event is { Action: "refused", Code: "caller-address" });
    }
}
