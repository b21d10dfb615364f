using Custody.Functions.Composition;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Custody.Functions.Telemetry;

/// <summary>Traces and metrics through OpenTelemetry, to where the settings say.</summary>
public static class OpenTelemetrySetup
{
    /// <summary>Adds the exporters; with none, spans are still made for listeners inside the process.</summary>
    public static void Add(IServiceCollection services, TelemetrySetting setting)
    {
        if (setting.Exporter == "none")
        {
            return;
        }

        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("custody"))
            .WithTracing(traces =>
            {
                traces.AddSource(Traces.Name, "Custody.LocalRuntime", "Microsoft.Azure.Functions.Worker", "Microsoft.DurableTask");
                _ = setting.OtlpEndpoint is { } endpoint ? traces.AddOtlpExporter(o => o.Endpoint = endpoint) : traces.AddConsoleExporter();
            })
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Measures.Name);
                _ = setting.OtlpEndpoint is { } endpoint ? metrics.AddOtlpExporter(o => o.Endpoint = endpoint) : metrics.AddConsoleExporter();
            });
    }
}
