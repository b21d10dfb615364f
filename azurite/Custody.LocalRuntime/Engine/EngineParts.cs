using Custody.LocalRuntime.Engine.Dispatch;
using Custody.LocalRuntime.Engine.Storage;
using Microsoft.Extensions.Logging;

namespace Custody.LocalRuntime.Engine;

/// <summary>What the engine's parts share.</summary>
internal sealed record EngineParts(
    DurableEngineOptions Options,
    DurableCatalog Catalog,
    HubNames Names,
    InstanceStore Instances,
    HistoryStore History,
    PayloadBlobs Blobs,
    InstanceDirectory Directory,
    TimerQueue Timers,
    TimeProvider Time,
    ILoggerFactory Logs,
    ILogger Log);
