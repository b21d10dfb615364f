using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Custody.Testing;

/// <summary>
/// A real part run as a child of the test run: started with its output kept, and stopped with its owner.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private const int SigTerm = 15;
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly Action<string>? _onLine;

    private ChildProcess(Process process, string name, Action<string>? onLine)
    {
        _onLine = onLine;
        _process = process;
        Name = name;
    }

    /// <summary>What the process is, for messages.</summary>
    public string Name { get; }

    /// <summary>The operating system's process id.</summary>
    public int Id => _process.Id;

    /// <summary>True once the process has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>The exit code of an ended process.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Everything printed so far on both streams.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Starts <paramref name="file"/> with <paramref name="arguments"/> and the extra environment.</summary>
    public static ChildProcess Start(
        string name, string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? folder = null, Action<string>? onLine = null)
    {
        var start = new ProcessStartInfo(file) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[key] = value;
        }

        if (folder is not null)
        {
            start.WorkingDirectory = folder;
        }

        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var child = new ChildProcess(process, name, onLine);
        process.OutputDataReceived += (_, line) => child.Keep(line.Data);
        process.ErrorDataReceived += (_, line) => child.Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => child.Kill();
        return child;
    }

    /// <summary>Polls <paramref name="ready"/> until it holds; fails with the process's output when it ends or time runs out.</summary>
    public async Task WaitUntilAsync(Func<Task<bool>> ready, TimeSpan? within = null)
    {
        var deadline = Stopwatch.StartNew();
        var limit = within ?? TimeSpan.FromSeconds(60);
        while (!await IsReadyAsync(ready))
        {
            if (HasExited)
            {
                throw new InvalidOperationException($"{Name} ended with code {ExitCode} before it was ready:\n{Output}");
            }

            if (deadline.Elapsed > limit)
            {
                throw new TimeoutException($"{Name} was not ready within {limit.TotalSeconds:0} s:\n{Output}");
            }

            await Task.Delay(50);
        }
    }

    // While a server starts, a connection to its port may be refused, cut or reset, and each is told otherwise.
    private static async Task<bool> IsReadyAsync(Func<Task<bool>> ready)
    {
        try
        {
            return await ready();
        }
        catch (Exception notYet) when (notYet is HttpRequestException or SocketException or IOException)
        {
            return false;
        }
    }

    /// <summary>SIGKILL: the process gets no chance to clean up.</summary>
    public void Kill()
    {
        try
        {
            if (!_process.HasExited)
            {
                _process.Kill(entireProcessTree: true);
                _process.WaitForExit(5000);
            }
        }
        catch (InvalidOperationException)
        {
            // It was never started, or has been disposed: nothing is left to kill.
        }
    }

    /// <summary>SIGTERM, then SIGKILL when it has not ended within <paramref name="within"/>.</summary>
    public async Task StopAsync(TimeSpan? within = null)
    {
        if (_process.HasExited)
        {
            return;
        }

        _ = SendSignal(_process.Id, SigTerm);
        using var limit = new CancellationTokenSource(within ?? TimeSpan.FromSeconds(10));
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            Kill();
        }
    }

    /// <summary>Waits for the end by itself.</summary>
    public Task WaitForExitAsync(CancellationToken cancellation = default) => _process.WaitForExitAsync(cancellation);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int SendSignal(int pid, int signal);

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _onLine?.Invoke(line);
            _output.Enqueue(line);
            while (_output.Count > 5000)
            {
                _output.TryDequeue(out _);
            }
        }
    }
}
