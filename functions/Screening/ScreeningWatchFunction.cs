using Microsoft.Azure.Functions.Worker;

namespace Custody.Functions.Screening;

/// <summary>The screening watch, every hour. It reads each recent withdrawal, so it does not run more often.</summary>
public sealed class ScreeningWatchFunction(ScreeningWatch watch)
{
    /// <summary>Runs it.</summary>
    [Function("ScreeningWatch")]
    public Task RunAsync([TimerTrigger("0 37 * * * *")] TimerInfo timer, CancellationToken cancellation) => watch.LookAsync(cancellation);
}
