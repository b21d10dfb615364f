using System.Globalization;
using NCrontab;

namespace Custody.LocalRuntime.Hosting.Timers;

/// <summary>When a timer function runs. Times are UTC, as on Azure, whatever this machine's zone is.</summary>
internal abstract class TimerSchedule
{
    // The official host keeps no status of a schedule that has two runs within a minute.
    private static readonly TimeSpan ShortestMonitored = TimeSpan.FromMinutes(1);

    /// <summary>Reads a cron expression of 5 or 6 fields (the sixth, in front, is seconds) or a time span.</summary>
    public static TimerSchedule? TryParse(string text)
    {
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        var options = new CrontabSchedule.ParseOptions { IncludingSeconds = fields == 6 };
        if (fields is 5 or 6 && CrontabSchedule.TryParse(text, options) is { } cron)
        {
            return new Cron(cron);
        }

        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var every) && every > TimeSpan.Zero ? new Interval(every) : null;
    }

    /// <summary>The first run after <paramref name="time"/>; null when there is none.</summary>
    public abstract DateTime? After(DateTime time);

    /// <summary>True when a missed run is caught up after a restart.</summary>
    public bool CanBeMonitored(DateTime now)
    {
        var at = After(now);
        for (var i = 0; i < 4 && at is { } run; i++)
        {
            at = After(run);
            if (at - run < ShortestMonitored)
            {
                return false;
            }
        }

        return true;
    }

    private sealed class Cron(CrontabSchedule schedule) : TimerSchedule
    {
        public override DateTime? After(DateTime time)
        {
            var next = schedule.GetNextOccurrence(time);
            return next == DateTime.MaxValue ? null : DateTime.SpecifyKind(next, DateTimeKind.Utc);
        }
    }

    private sealed class Interval(TimeSpan every) : TimerSchedule
    {
        public override DateTime? After(DateTime time) => time > DateTime.MaxValue - every ? null : time + every;
    }
}
