using Custody.LocalRuntime.Engine.Dispatch;
using Custody.LocalRuntime.Engine.Storage;
using Microsoft.Extensions.Logging;

namespace Custody.LocalRuntime.Engine;

/// <summary>What the engine's parts share.</summary>
/// <remarks>
/// <see cref="EndedInstances"/> is held while an ended instance is purged or replaced: of the two, whichever comes second must
/// see what the first has done, or a purge would delete the history of the instance that has just taken the id.
/// </remarks>
internal sealed record EngineParts(
    DurableEngineOptions Options,
    DurableCatalog Catalog,
    HubNames Names,
    InstanceStore Instances,
    HistoryStore History,
    PayloadBlobs Blobs,
    InstanceDirectory Directory,
    TimerQueue Timers,
    SemaphoreSlim EndedInstances,
    TimeProvider Time,
    ILoggerFactory Logs,
    ILogger Log);
