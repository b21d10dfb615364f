using Custody.Functions.Composition;
using Custody.Functions.Roles;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Custody.Functions.Telemetry;

/// <summary>Traces and metrics through OpenTelemetry, to where the settings say.</summary>
public static class OpenTelemetrySetup
{
    /// <summary>Adds the exporters; with none, spans are still made for listeners inside the process.</summary>
    public static void Add(IServiceCollection services, CustodySettings settings)
    {
        var setting = settings.Telemetry;
        if (setting.Exporter == "none")
        {
            return;
        }

        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(settings.Role == CustodyRole.All ? "custody" : $"custody-{RoleCertificates.Text(settings.Role)}"))
            .WithTracing(traces =>
            {
                traces.AddSource(Traces.Name, "Custody.LocalRuntime", "Microsoft.Azure.Functions.Worker", "Microsoft.DurableTask");
                if (settings.Role is CustodyRole.Signer or CustodyRole.Sender)
                {
                    // The server's own spans go on under the caller's. Never the client's: a provider's URL often carries its key.
                    traces.AddSource("Microsoft.AspNetCore");
                }

                _ = setting.OtlpEndpoint is { } endpoint ? traces.AddOtlpExporter(o => o.Endpoint = endpoint) : traces.AddConsoleExporter();
            })
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Measures.Name);
                _ = setting.OtlpEndpoint is { } endpoint ? metrics.AddOtlpExporter(o => o.Endpoint = endpoint) : metrics.AddConsoleExporter();
            });
    }
}
