using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Custody.LocalRuntime.Tests.Hosting;

public sealed class HttpFunctionTests
{
    private static readonly HostSetup Setup = new(typeof(HttpFunctions)) { Configure = Configure };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_RouteWithParameters_BindsThemByName()
    {
        await using var host = await HostUnderTest.StartAsync(Setup);
        var id = Guid.NewGuid();

        var answer = await host.Http.GetFromJsonAsync<JsonElement>($"api/things/{id}/7/ada", Cancellation);

        Assert.Equal(
            $$"""{"id":"{{id}}","count":7,"name":"ada","method":"GET","function":"Route","cancellable":true}""",
            answer.GetRawText());
    }

    [Theory]
    [InlineData("GET", "api/things/not-a-guid/7", HttpStatusCode.NotFound)]
    [InlineData("GET", "api/things/6f9619ff-8b86-d011-b42d-00c04fc964ff/seven", HttpStatusCode.BadRequest)]
    [InlineData("GET", "api/things/6f9619ff-8b86-d011-b42d-00c04fc964ff/7", HttpStatusCode.OK)]
    [InlineData("POST", "api/minimal", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "minimal", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "api/refused", HttpStatusCode.UnprocessableEntity)]
    [InlineData("GET", "api/MINIMAL", HttpStatusCode.Accepted)]
    public async Task Request_MethodAndPath_GetsStatus(string method, string path, HttpStatusCode expected)
    {
        await using var host = await HostUnderTest.StartAsync(Setup);

        var answer = await host.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Cancellation);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("api/refused", "application/problem+json", """{"title":"No","status":422,"code":"field-invalid"}""")]
    [InlineData("api/minimal", "text/plain", "plain")]
    [InlineData("api/poco", "application/json", """{"title":"bare","stars":3}""")]
    [InlineData("api/ownResponse", null, "by hand")]
    public async Task Request_FunctionThatAnswers_WritesItsResult(string path, string? contentType, string body)
    {
        await using var host = await HostUnderTest.StartAsync(Setup);

        var answer = await host.Http.GetAsync(path, Cancellation);

        Assert.Equal((contentType, body), (answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync(Cancellation)));
    }

    [Theory]
    [InlineData("""{"title":"x","stars":1}""", HttpStatusCode.Created, """{"title":"x","stars":2}""")]
    [InlineData("""{"title":"x","stars":"many"}""", HttpStatusCode.BadRequest, "'note'")]
    [InlineData("null", HttpStatusCode.BadRequest, "'note'")]
    [InlineData("", HttpStatusCode.BadRequest, "'note'")]
    public async Task Request_JsonBody_IsBoundOrRefused(string body, HttpStatusCode status, string contains)
    {
        await using var host = await HostUnderTest.StartAsync(Setup);

        var answer = await host.Http.PostAsync("api/body", new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);
        var problem = await answer.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(contains, problem.Replace(@"\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_FunctionThatThrows_Is500WithoutTheCause()
    {
        await using var host = await HostUnderTest.StartAsync(Setup);

        var answer = await host.Http.GetAsync("api/fails", Cancellation);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Request_FunctionClassWithScopedService_GetsOneScopeEach()
    {
        await using var host = await HostUnderTest.StartAsync(Setup);

        var first = await host.Http.GetFromJsonAsync<JsonElement>("api/scope", Cancellation);
        var second = await host.Http.GetFromJsonAsync<JsonElement>("api/scope", Cancellation);

        Assert.True(first.GetProperty("same").GetBoolean());
        Assert.NotEqual(first.GetProperty("number").GetInt32(), second.GetProperty("number").GetInt32());
    }

    [Fact]
    public async Task Request_RoutePrefixInHostJson_IsObeyed()
    {
        await using var host = await HostUnderTest.StartAsync(Setup with { HostJson = """{"version":"2.0","extensions":{"http":{"routePrefix":""}}}""" });

        var answer = await host.Http.GetAsync("minimal", Cancellation);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    [Fact]
    public async Task Request_MiddlewareThatRefuses_KeepsTheFunctionFromRunning()
    {
        await using var host = await HostUnderTest.StartAsync(Setup with
        {
            Configure = builder =>
            {
                Configure(builder);
                builder.UseWhen(context => context.FunctionDefinition.Name == "Minimal", (context, next) =>
                {
                    context.GetInvocationResult().Value = new UnauthorizedResult();
                    return Task.CompletedTask;
                });
            },
        });

        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Http.GetAsync("api/minimal", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.Http.GetAsync("api/poco", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Request_FunctionOutlastsItsTimeout_IsCancelled()
    {
        await using var host = await HostUnderTest.StartAsync(Setup with { HostJson = """{"version":"2.0","functionTimeout":"00:00:00.2"}""" });

        var answer = await host.Http.GetAsync("api/endless", Cancellation);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
    }

    [Fact]
    public async Task Start_HttpFunctions_ListsTheirAddresses()
    {
        await using var host = await HostUnderTest.StartAsync(Setup);

        Assert.Contains($"\tRoute: [GET] {host.Host.Address}api/things/{{id:guid}}/{{count}}/{{name?}}", host.Output, StringComparison.Ordinal);
        Assert.Contains($"\tRefused: [ALL] {host.Host.Address}api/refused", host.Output, StringComparison.Ordinal);
    }

    private static void Configure(FunctionsApplicationBuilder builder)
    {
        builder.ConfigureFunctionsWebApplication();
        builder.Services.AddScoped<ScopedThing>();
    }
}
