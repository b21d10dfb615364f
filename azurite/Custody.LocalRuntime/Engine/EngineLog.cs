using Microsoft.Extensions.Logging;

namespace Custody.LocalRuntime.Engine;

/// <summary>What the engine logs; the ids are stable.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(2001, LogLevel.Information, "Durable Task engine: hub '{Hub}' is owned; {Live} live instances are resumed")]
    public static partial void Started(ILogger log, string hub, int live);

    [LoggerMessage(2002, LogLevel.Warning, "Waiting for another host to give up the task hub: {Blob} is leased by {Owner}")]
    public static partial void WaitingForHub(ILogger log, string blob, string owner);

    [LoggerMessage(2003, LogLevel.Critical, "Durable Task engine has stopped itself: {Reason}")]
    public static partial void StoppedItself(ILogger log, string reason, Exception? cause);

    [LoggerMessage(2004, LogLevel.Error, "Instance '{InstanceId}' of {Name} failed: {Failure}")]
    public static partial void InstanceFailed(ILogger log, string instanceId, string name, string failure);

    [LoggerMessage(2005, LogLevel.Warning, "Activity {Name} (#{TaskId}) of instance '{InstanceId}' failed: {Failure}")]
    public static partial void ActivityFailed(ILogger log, string name, int taskId, string instanceId, string failure);

    [LoggerMessage(2006, LogLevel.Information, "Instance '{InstanceId}' of {Name} ended: {Status}")]
    public static partial void InstanceEnded(ILogger log, string instanceId, string name, string status);

    [LoggerMessage(2007, LogLevel.Warning, "Instance '{InstanceId}': the Instances row said {Row}, the history says {History}; the row is mended")]
    public static partial void RowMended(ILogger log, string instanceId, string row, string history);
}
