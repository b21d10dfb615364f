using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Custody.LocalRuntime.Tests.Hosting;

public sealed class DurableFunctionTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    private readonly ConcurrentBag<string> _triggers = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Orchestration_ScheduledByAnHttpFunction_RunsItsActivitiesInTheCallersTrace()
    {
        using var spans = new SpanRecorder();
        await using var host = await StartAsync();
        var trace = ActivityTraceId.CreateRandom();
        var request = new HttpRequestMessage(HttpMethod.Post, "api/orders/order-7");
        request.Headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");

        var answer = await (await host.Http.SendAsync(request, Cancellation)).Content.ReadFromJsonAsync<JsonElement>(Cancellation);

        Assert.Equal("Completed", answer.GetProperty("status").GetString());
        Assert.Equal($"\"shipped 12 tea of order-7 (True); {trace}; True\"", answer.GetProperty("output").GetString());
        Assert.Equal(["StartOrder", "activity:Pack", "activity:Ship"], spans.NamesOf(trace));
    }

    [Fact]
    public async Task Middleware_EveryTrigger_IsToldItsKind()
    {
        await using var host = await StartAsync();

        await host.Http.PostAsync("api/orders/order-8", null, Cancellation);

        Assert.Equal(["activityTrigger", "httpTrigger", "orchestrationTrigger"], _triggers.Distinct().Order());
    }

    [Fact]
    public async Task Activity_InputThatDoesNotFit_FailsWithAMessageThatNamesIt()
    {
        await using var host = await StartAsync();

        var answer = await (await host.Http.PostAsync("api/poison", null, Cancellation)).Content.ReadFromJsonAsync<JsonElement>(Cancellation);

        Assert.Equal("Failed", answer.GetProperty("status").GetString());
        Assert.Contains("The input of activity 'Swallow' is not the Int32 that 'number' takes", answer.GetProperty("failure").GetString(), StringComparison.Ordinal);
    }

    private Task<HostUnderTest> StartAsync() => HostUnderTest.StartAsync(new HostSetup(typeof(DurableFunctions), typeof(PoisonFunctions))
    {
        HostJson = azurite.HostJson(),
        LocalSettings = HostSetup.Storage(azurite.Connection),
        Configure = builder =>
        {
            builder.ConfigureFunctionsWebApplication();
            builder.Services.AddScoped<ScopedThing>();
            builder.UseMiddleware((context, next) =>
            {
                _triggers.Add(context.FunctionDefinition.InputBindings.Values.First(binding => binding.Type.EndsWith("Trigger", StringComparison.Ordinal)).Type);
                return next();
            });
        },
    });
}
