using System.Diagnostics;

namespace Custody.Bench.Bitcoin;

/// <summary>What one run of a piece of work took on one thread.</summary>
internal sealed record OneCore(double Milliseconds, double CpuMilliseconds)
{
    public static OneCore Run(int times, Action<int> work)
    {
        var before = Cpu();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < times; i++)
        {
            work(i);
        }

        return new OneCore(watch.Elapsed.TotalMilliseconds / times, (Cpu() - before).TotalMilliseconds / times);
    }

    private static TimeSpan Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
