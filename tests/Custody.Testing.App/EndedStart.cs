namespace Custody.Testing.App;

/// <summary>How a start of the app ended.</summary>
/// <param name="ExitCode">The process's exit code.</param>
/// <param name="Output">Everything that it printed.</param>
public sealed record EndedStart(int ExitCode, string Output);
