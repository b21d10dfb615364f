namespace Custody.LocalRuntime.Engine.Storage;

/// <summary>The values of the RuntimeStatus column.</summary>
internal static class InstanceStatus
{
    public const string Pending = "Pending";
    public const string Running = "Running";
    public const string Suspended = "Suspended";
    public const string Completed = "Completed";
    public const string Failed = "Failed";
    public const string Terminated = "Terminated";

    public static bool IsEnd(string status) => status is not (Pending or Running or Suspended);
}
