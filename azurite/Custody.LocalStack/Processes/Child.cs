using System.Diagnostics;

namespace Custody.LocalStack.Processes;

/// <summary>A part of the stack as a child process. Its output goes to a log file; it ends before the stack does.</summary>
internal sealed class Child : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ChildLedger _ledger;

    private Child(Process process, ChildLedger ledger, string name, string log) => (_process, _ledger, Name, Log) = (process, ledger, name, log);

    public string Name { get; }

    /// <summary>Where its output is.</summary>
    public string Log { get; }

    /// <summary>Starts a program and waits until it is ready; what does not get ready is ended again.</summary>
    public static async Task<Child> StartAsync(
        ChildLedger ledger, ChildPlan plan, Func<CancellationToken, Task<bool>> ready, TimeProvider time, CancellationToken cancellation)
    {
        var child = Start(ledger, plan);
        try
        {
            await child.WaitUntilAsync(ready, time, cancellation);
            return child;
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    /// <summary>Completes with a failure when it ends by itself.</summary>
    public async Task WatchAsync(CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation);
        throw new StackFailure($"{Name} ended with code {_process.ExitCode}; {Log} ends with:\n{LogEnd()}");
    }

    /// <summary>Asks it to end, and ends it when it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        await Ending.EndAsync(_process);
        _ledger.Remove(_process.Id);
        _process.Dispose();
    }

    private static Child Start(ChildLedger ledger, ChildPlan plan)
    {
        // A session of its own: Ctrl-C in the terminal reaches the stack alone, which then stops its children in their order.
        // The shell only points the output at the log, and becomes the program.
        var start = new ProcessStartInfo("setsid") { WorkingDirectory = plan.Folder };
        foreach (var argument in (string[])["sh", "-c", "log=$1; shift; exec \"$@\" >\"$log\" 2>&1 </dev/null", "sh", plan.Log, plan.File, .. plan.Arguments])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in plan.Environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new StackFailure($"{plan.Name} could not be started.");
        ledger.Add(plan.Name, process.Id);
        return new Child(process, ledger, plan.Name, plan.Log);
    }

    private async Task WaitUntilAsync(Func<CancellationToken, Task<bool>> ready, TimeProvider time, CancellationToken cancellation)
    {
        var begun = time.GetTimestamp();
        while (!await ready(cancellation))
        {
            if (_process.HasExited)
            {
                throw new StackFailure($"{Name} ended with code {_process.ExitCode} before it was ready; {Log} ends with:\n{LogEnd()}");
            }

            if (time.GetElapsedTime(begun) > TimeSpan.FromMinutes(1))
            {
                throw new StackFailure($"{Name} is not ready after a minute; {Log} ends with:\n{LogEnd()}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellation);
        }
    }

    private string LogEnd() => File.Exists(Log)
        ? string.Join('\n', File.ReadLines(Log).Where(l => l.Length > 0).TakeLast(12).Select(l => "  " + l))
        : "  (nothing)";
}
