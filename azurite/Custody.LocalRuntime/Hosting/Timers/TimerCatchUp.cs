using Microsoft.Azure.Functions.Worker;

namespace Custody.LocalRuntime.Hosting.Timers;

/// <summary>What a host that starts makes of the status that an earlier one left.</summary>
internal static class TimerCatchUp
{
    /// <summary>
    /// The status to go on from, and whether a run was missed. When the schedule itself has changed since, the next run is
    /// reckoned anew and nothing counts as missed.
    /// </summary>
    public static (ScheduleStatus Status, bool IsPastDue) From(ScheduleStatus? stored, TimerSchedule schedule, DateTime now)
    {
        if (stored is null)
        {
            return (new ScheduleStatus { Next = Next(schedule, now), LastUpdated = now }, false);
        }

        var reckonedFrom = stored.Last != default ? stored.Last : stored.LastUpdated != default ? stored.LastUpdated : now;
        var expected = Next(schedule, reckonedFrom);
        if (stored.Next == expected)
        {
            return (stored, now > stored.Next);
        }

        return expected < now
            ? (new ScheduleStatus { Next = Next(schedule, now), LastUpdated = now }, false)
            : (new ScheduleStatus { Next = expected, LastUpdated = reckonedFrom }, false);
    }

    /// <summary>The status after a scheduled run that began at <paramref name="ran"/>; one that came early does not come again.</summary>
    public static ScheduleStatus AfterScheduled(ScheduleStatus status, TimerSchedule schedule, DateTime ran) =>
        After(schedule, ran < status.Next ? status.Next : ran);

    /// <summary>The status after a run at start-up, which takes no scheduled run's place.</summary>
    public static ScheduleStatus AfterStartUp(TimerSchedule schedule, DateTime ran) => After(schedule, ran);

    private static ScheduleStatus After(TimerSchedule schedule, DateTime from) =>
        new() { Last = from, Next = Next(schedule, from), LastUpdated = from };

    private static DateTime Next(TimerSchedule schedule, DateTime after) => schedule.After(after) ?? DateTime.MaxValue;
}
