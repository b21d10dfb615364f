using System.Diagnostics;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>
/// A step that waits until something holds. The limit is for a system that hangs; how long things take is not what scripts are
/// about. With <c>stays</c> it must go on holding for that long.
/// </summary>
internal abstract record PolledStep : Step
{
    /// <summary>Seconds to wait at most.</summary>
    public int Within { get; init; } = 90;

    /// <summary>Seconds for which it must then go on holding.</summary>
    public int Stays { get; init; }

    public override async Task RunAsync(World world, CancellationToken cancellation)
    {
        var waited = Stopwatch.StartNew();
        while (await ProblemAsync(world, cancellation) is { } problem)
        {
            if (waited.Elapsed.TotalSeconds > Within || await IsHopelessAsync(world, cancellation))
            {
                throw new ScenarioException(problem);
            }

            await Task.Delay(150, cancellation);
        }

        for (var held = Stopwatch.StartNew(); held.Elapsed.TotalSeconds < Stays;)
        {
            await Task.Delay(250, cancellation);
            if (await ProblemAsync(world, cancellation) is { } late)
            {
                throw new ScenarioException($"it held, and then no more: {late}");
            }
        }
    }

    /// <summary>Why it does not hold yet; null when it does.</summary>
    protected abstract Task<string?> ProblemAsync(World world, CancellationToken cancellation);

    /// <summary>True when waiting longer cannot help.</summary>
    protected virtual Task<bool> IsHopelessAsync(World world, CancellationToken cancellation) => Task.FromResult(false);
}
