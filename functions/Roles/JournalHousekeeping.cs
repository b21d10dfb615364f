using Custody.Functions.Composition;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Custody.Functions.Roles;

/// <summary>In the signer and the sender, what a timer function does in the pipeline: every hour all journals are read again from their first line.</summary>
public sealed partial class JournalHousekeeping(JournalVerifier journals, TimeProvider time, ILogger<JournalHousekeeping> log) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await journals.VerifyAsync(stoppingToken);
            }
            catch (Exception passing) when (passing is not OperationCanceledException)
            {
                // Storage that is away for once must not end the role; the next hour reads again.
                Missed(log, passing.Message);
            }
        }
    }

    [LoggerMessage(9020, LogLevel.Warning, "The journals were not read again: {Reason}")]
    private static partial void Missed(ILogger log, string reason);
}
