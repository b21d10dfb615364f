using System.Diagnostics;
using System.Text.Json;

namespace Custody.LocalRuntime.Engine.Storage;

/// <summary>Who holds the hub: the official content (OwnerId, DesiredSwapId) and the process that it is.</summary>
internal sealed record LeaseOwner(string OwnerId, string? DesiredSwapId, string? Machine, int ProcessId, DateTimeOffset ProcessStarted)
{
    public static LeaseOwner ThisProcess()
    {
        using var process = Process.GetCurrentProcess();
        return new LeaseOwner(Guid.NewGuid().ToString(), null, Environment.MachineName, process.Id, StartOf(process));
    }

    public static LeaseOwner? From(BinaryData data) => data.ToObjectFromJson<LeaseOwner>();

    public BinaryData ToBinary() => new(JsonSerializer.SerializeToUtf8Bytes(this));

    /// <summary>True only when the owner was a process of this machine that is certainly gone.</summary>
    public bool IsDeadHere()
    {
        if (Machine != Environment.MachineName)
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(ProcessId);
            return process.HasExited || (StartOf(process) - ProcessStarted).Duration() > TimeSpan.FromSeconds(2);
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    public override string ToString() => Machine is null ? OwnerId : $"process {ProcessId} on {Machine}";

    private static DateTimeOffset StartOf(Process process) => new(process.StartTime.ToUniversalTime(), TimeSpan.Zero);
}
