using Custody.LocalRuntime.Hosting.Discovery;
using Custody.LocalRuntime.Hosting.Invocation;
using Custody.LocalRuntime.Hosting.Settings;
using Microsoft.Azure.Functions.Worker;

namespace Custody.LocalRuntime.Hosting.Timers;

/// <summary>A timer function with its schedule.</summary>
internal sealed record TimerFunction(Function Function, TimerSchedule Schedule)
{
    public string Name => Function.Name;

    public TimerTriggerAttribute Trigger => (TimerTriggerAttribute)Function.Method.Trigger;

    /// <summary>Reads the schedule; one that cannot be read, or never comes, is a problem.</summary>
    public static TimerSchedule? Read(FunctionMethod function, SettingReferences settings, DateTime now, StartProblems problems)
    {
        var text = settings.Resolve(((TimerTriggerAttribute)function.Trigger).Schedule, function.Label);
        if (SettingReferences.Unresolved(text))
        {
            return null;
        }

        var schedule = TimerSchedule.TryParse(text);
        if (schedule is null)
        {
            problems.Add($"{function.Label}: the schedule '{text}' is neither a cron expression of 5 or 6 fields nor a time span.");
        }
        else if (schedule.After(now) is null)
        {
            problems.Add($"{function.Label}: the schedule '{text}' never comes.");
        }

        return schedule;
    }
}
