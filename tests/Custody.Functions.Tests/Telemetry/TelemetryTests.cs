using System.Collections.Concurrent;
using System.Security.Cryptography;
using Custody.Core.Encoding;
using Custody.Core.Withdrawals;
using Custody.Functions.Tests.Support;
using Custody.Testing.App;
using Xunit;

namespace Custody.Functions.Tests.Telemetry;

/// <summary>A trace follows a withdrawal from the request to the block, across stages and restarts; metrics count verdicts and ages.</summary>
public sealed class TelemetryTests
{
    private static readonly string[] Stages = ["submit", "admit", "approve", "build", "sign", "send", "confirm"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<string> SubmitAsync(RunningSystem system, string trace)
    {
        var request = ApiClient.Request(Guid.NewGuid().ToString("N"));
        var body = CanonicalJson.Serialize(request);
        var answer = await system.Api.SubmitAsync(
            body, await system.Api.SignRequestAsync(body), await system.Api.TokenAsync("exchange-a"), $"00-{trace}-00f067aa0ba902b7-01");
        Assert.Equal(202, answer.Status);
        return answer.Id;
    }

    [Fact]
    public async Task when_the_app_is_killed_in_the_middle_every_stage_still_belongs_to_the_requests_trace()
    {
        var lines = new ConcurrentQueue<string>();
        await using var system = await RunningSystem.StartAsync(
            new RunningSystemOptions
            {
                AppLine = lines.Enqueue,
                Settings = new Dictionary<string, string> { ["Custody__Telemetry__Exporter"] = "console", ["OTEL_METRIC_EXPORT_INTERVAL"] = "500" },
            },
            Cancellation);
        var trace = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var id = await SubmitAsync(system, trace);
        await system.Api.WaitForAsync(id, WithdrawalStatus.AwaitingApproval);
        await system.KillAndRestartAsync(Cancellation);
        await system.ApproveAsync(id);
        await system.Api.WaitForAsync(id, WithdrawalStatus.Settled);

        string[] wanted = [.. Stages.Select(s => $"custody {s}")];
        while (wanted.Except(Spans.Read(lines).Where(s => s.Trace == trace).Select(s => s.Name)).Any())
        {
            Assert.DoesNotContain(Spans.Read(lines), s => wanted.Contains(s.Name) && s.Trace != trace);
            await Task.Delay(100, Cancellation);
        }

        foreach (var metric in new[] { "custody.stage.verdicts", "custody.withdrawal.age" })
        {
            while (!lines.Any(l => l.Contains(metric, StringComparison.Ordinal)))
            {
                await Task.Delay(100, Cancellation);
            }
        }
    }

    [Fact]
    public async Task Otlp_TracesAndMetrics_ReachTheCollector()
    {
        await using var collector = await Collector.StartAsync();
        await using var system = await RunningSystem.StartAsync(
            new RunningSystemOptions
            {
                Settings = new Dictionary<string, string>
                {
                    ["Custody__Telemetry__Exporter"] = "otlp",
                    ["Custody__Telemetry__OtlpEndpoint"] = collector.Url.ToString(),
                    ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
                },
            },
            Cancellation);
        await system.AwaitingApprovalAsync();
        await collector.UntilAsync("/opentelemetry.proto.collector.trace.v1.TraceService/Export", Cancellation);
        await collector.UntilAsync("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", Cancellation);
    }
}
