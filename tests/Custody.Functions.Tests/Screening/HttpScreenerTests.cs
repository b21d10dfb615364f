using System.Net;
using System.Text.Json.Nodes;
using Custody.Core.Assets;
using Custody.Core.Results;
using Custody.Core.Screening;
using Custody.Functions.Composition;
using Custody.Functions.Screening;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Custody.Functions.Tests.Screening;

/// <summary>The provider's edge against a real HTTP server that answers well, badly, late and at length.</summary>
public sealed class HttpScreenerTests
{
    private const string Found = """{"list":"kyt","entry":"7","reason":"a mixer"}""";
    private static readonly ScreeningSubject Subject = new(ChainId.Parse("eip155:1"), "0x70997970C51812dc3A010C7d01b50e0d17dc79C8", "exchange-a", "customer-7");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static TheoryData<string> NoAnswers =>
    [
        "", "null", "[]", "clear", "{", "<html>clear</html>",
        Answer("clear", Found), Answer("hit"), Answer("Clear"), Answer("unknown"), Answer("clear").Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal),
        Answer("clear").Replace("eip155:1", "eip155:10", StringComparison.Ordinal),
        Answer("clear").Replace(Subject.Address, Subject.Address.ToLowerInvariant(), StringComparison.Ordinal),
        Answer("clear").Replace(Subject.Digest(), new string('0', 64), StringComparison.Ordinal),
        Answer("clear").Replace(",\"hits\":[]", "", StringComparison.Ordinal),
        Answer("clear").Replace("\"version\"", "\"verdict\":\"hit\",\"version\"", StringComparison.Ordinal),
        Answer("clear").Replace("\"version\"", "\"more\":1,\"version\"", StringComparison.Ordinal),
        Answer("hit", Found.Replace("\"7\"", "\"\"", StringComparison.Ordinal)),
        Answer("clear") + new string(' ', 64 * 1024),
    ];

    [Fact]
    public async Task AskAsync_Clear_IsClearAndTheKeyWasPresented()
    {
        var (authorization, question) = ("", "");
        var result = await AskAsync(async http =>
        {
            authorization = http.Request.Headers.Authorization.ToString();
            question = await new StreamReader(http.Request.Body).ReadToEndAsync();
            await http.Response.WriteAsync(Answer("clear"));
        });

        Assert.IsType<ScreeningResult.Clear>(result);
        Assert.Equal("Bearer secret-key", authorization);
        Assert.Equal(Subject.Digest(), JsonNode.Parse(question)!["reference"]!.GetValue<string>());
        Assert.DoesNotContain("customer-7", question, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AskAsync_Hit_SaysWhere() => Assert.Equal(
        new ScreeningHit("kyt", "7", "a mixer"), Assert.Single(Assert.IsType<ScreeningResult.Hit>(await AskAsync(http => http.Response.WriteAsync(Answer("hit", Found)))).Hits));

    [Theory]
    [MemberData(nameof(NoAnswers))]
    public async Task AskAsync_GarbageOrContradiction_IsNoAnswer(string body) => Unavailable(await AskAsync(http => http.Response.WriteAsync(body)));

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.Created)]
    [InlineData(HttpStatusCode.NoContent)]
    public async Task AskAsync_AnyOtherStatus_IsNoAnswer(HttpStatusCode status) => Unavailable(await AskAsync(http =>
    {
        http.Response.StatusCode = (int)status;
        return status == HttpStatusCode.NoContent ? Task.CompletedTask : http.Response.WriteAsync(Answer("clear"));
    }));

    [Fact]
    public async Task AskAsync_Redirect_IsNotFollowed()
    {
        var asked = 0;
        Unavailable(await AskAsync(http =>
        {
            asked++;
            http.Response.Redirect("/elsewhere", permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        }));
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task AskAsync_Silence_IsNoAnswer() => Unavailable(await AskAsync(http => Task.Delay(Timeout.Infinite, http.RequestAborted)));

    [Fact]
    public async Task AskAsync_SlowDrip_IsNoAnswer() => Unavailable(await AskAsync(async http =>
    {
        foreach (var character in Answer("clear"))
        {
            await http.Response.WriteAsync(character.ToString(), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            await Task.Delay(50, http.RequestAborted);
        }
    }));

    [Fact]
    public async Task AskAsync_ConnectionCut_IsNoAnswer() => Unavailable(await AskAsync(http =>
    {
        http.Abort();
        return Task.CompletedTask;
    }));

    [Fact]
    public async Task AskAsync_NobodyThere_IsNoAnswer() => Unavailable(await Screener(new Uri("http://127.0.0.1:1/")).AskAsync(Subject, Patience, TestContext.Current.CancellationToken));

    [Fact]
    public async Task AskAsync_NoneConfigured_IsNoAnswer() => Unavailable(await Screener(null).AskAsync(Subject, Patience, TestContext.Current.CancellationToken));

    [Fact]
    public void Setting_ShownAnywhere_HidesTheKey() =>
        Assert.DoesNotContain("secret-key", Settings(new Uri("https://kyt.example/")).ToString(), StringComparison.Ordinal);

    private static void Unavailable(ScreeningResult result)
    {
        var unavailable = Assert.IsType<ScreeningResult.Unavailable>(result);
        Assert.Equal(RefusalCode.ScreeningUnavailable, unavailable.Code);
        Assert.DoesNotContain("secret-key", unavailable.Detail, StringComparison.Ordinal);
    }

    private static string Answer(string verdict, params string[] hits) =>
        $$"""{"version":1,"chain":"{{Subject.Chain}}","address":"{{Subject.Address}}","reference":"{{Subject.Digest()}}","verdict":"{{verdict}}","hits":[{{string.Join(',', hits)}}]}""";

    private static async Task<ScreeningResult> AskAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var server = builder.Build();
        server.Run(async http =>
        {
            try
            {
                await answer(http);
            }
            catch (OperationCanceledException)
            {
                // The asker had no more patience.
            }
        });
        await server.StartAsync();
        return await Screener(new Uri(server.Urls.Single())).AskAsync(Subject, Patience, TestContext.Current.CancellationToken);
    }

    // The app's own client, as the composition root makes it.
    private static HttpScreener Screener(Uri? endpoint)
    {
        var services = new ServiceCollection();
        services.AddScreeningClient();
        return new HttpScreener(services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>(), Settings(endpoint), TimeProvider.System);
    }

    private static CustodySettings Settings(Uri? endpoint)
    {
        var nothing = new StorageSetting(null, null, null);
        return new CustodySettings(
            nothing, nothing, "", "", "", new Uri("http://127.0.0.1/"), new Dictionary<ChainId, IReadOnlyList<ProviderSetting>>(), new Dictionary<string, TokenSetting>(),
            new TokenSetting("", "", ""), new TelemetrySetting("none", null), Screening: endpoint is null ? null : new ScreeningSetting(endpoint, "secret-key"));
    }
}
