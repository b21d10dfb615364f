namespace Custody.LocalRuntime.Hosting;

/// <summary>Where the host tells its user how it fares: the listing of functions, refusals, and the process's exit code.</summary>
/// <param name="Out">Takes the listing of functions.</param>
/// <param name="Error">Takes what the host refuses to start for.</param>
/// <param name="SetExitCode">Takes the exit code; not called when all is well.</param>
public sealed record HostConsole(TextWriter Out, TextWriter Error, Action<int> SetExitCode)
{
    /// <summary>The console and exit code of this process.</summary>
    public static HostConsole OfProcess { get; } = new(Console.Out, Console.Error, code => Environment.ExitCode = code);
}
