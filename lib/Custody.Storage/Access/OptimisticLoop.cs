using System.Security.Cryptography;

namespace Custody.Storage.Access;

/// <summary>Repeats read, decide and conditional write until the write wins.</summary>
internal static class OptimisticLoop
{
    private const int MostTries = 200;
    private const int LongestPauseMilliseconds = 100;

    /// <summary>Runs <paramref name="attempt"/> until it returns something; null means that a race was lost.</summary>
    public static async Task<T> RunAsync<T>(string what, Func<Task<T?>> attempt, CancellationToken cancellation)
        where T : class
    {
        for (var tries = 1; tries <= MostTries; tries++)
        {
            if (await attempt().ConfigureAwait(false) is { } result)
            {
                return result;
            }

            // A random pause that grows: writers of other processes would else meet again in the same order. It waits on the
            // real clock whatever clock decides, since a clock that stands still in a test would never end it.
            var pause = RandomNumberGenerator.GetInt32(1, Math.Min(LongestPauseMilliseconds, 4 * tries) + 1);
            await Task.Delay(TimeSpan.FromMilliseconds(pause), TimeProvider.System, cancellation).ConfigureAwait(false);
        }

        throw new TimeoutException($"{what}: lost the race {MostTries} times. Nothing was changed; it may be tried again.");
    }
}
