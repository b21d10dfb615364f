using System.Diagnostics;

namespace Custody.Bench.Engine;

/// <summary>What a piece of work took: time, and the processor time of this process and of Azurite, which a busy machine does not stretch.</summary>
internal sealed record Measured(TimeSpan Elapsed, TimeSpan OwnCpu, TimeSpan AzuriteCpu)
{
    public static async Task<Measured> RunAsync(int azuriteProcess, Func<Task> work)
    {
        var (own, azurite) = (Cpu(Environment.ProcessId), Cpu(azuriteProcess));
        var watch = Stopwatch.StartNew();
        await work();
        return new Measured(watch.Elapsed, Cpu(Environment.ProcessId) - own, Cpu(azuriteProcess) - azurite);
    }

    public double Rate(int count) => count / Elapsed.TotalSeconds;

    public string Cpu(string what, int count) =>
        $"{what}: {OwnCpu.TotalMilliseconds / count:0.0} ms CPU here and {AzuriteCpu.TotalMilliseconds / count:0.0} ms in Azurite an instance";

    private static TimeSpan Cpu(int processId)
    {
        using var process = Process.GetProcessById(processId);
        return process.TotalProcessorTime;
    }
}
