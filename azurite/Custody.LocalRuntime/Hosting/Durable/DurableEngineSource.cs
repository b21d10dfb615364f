using Custody.LocalRuntime.Engine;
using Custody.LocalRuntime.Hosting.Settings;
using Microsoft.Extensions.Logging;

namespace Custody.LocalRuntime.Hosting.Durable;

/// <summary>The host's Durable Task engine, made when the first part of the host asks for it.</summary>
internal sealed class DurableEngineSource(HostSettings host, HostStorage storage, DurableCatalogs catalogs, TimeProvider time, ILoggerFactory logs)
{
    private readonly Lazy<DurableEngine> _engine = new(() => DurableEngine.Create(
        new DurableEngineOptions
        {
            HubName = host.HubName,
            ExtendedSessions = host.ExtendedSessions,
            ExtendedSessionIdleTimeout = host.ExtendedSessionIdle,
            MaxConcurrentActivities = host.MaxConcurrentActivities,
            MaxConcurrentOrchestrations = host.MaxConcurrentOrchestrations,
        },
        storage.Required.Tables,
        storage.Required.Blobs,
        catalogs.Build(),
        time,
        logs));

    public DurableEngine Engine => _engine.Value;
}
