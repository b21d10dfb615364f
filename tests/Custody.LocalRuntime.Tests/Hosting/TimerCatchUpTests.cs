using Custody.LocalRuntime.Hosting.Timers;
using Microsoft.Azure.Functions.Worker;
using Xunit;

namespace Custody.LocalRuntime.Tests.Hosting;

public sealed class TimerCatchUpTests
{
    private static readonly TimerSchedule Hourly = TimerSchedule.TryParse("0 0 * * * *")!;

    [Fact]
    public void From_NothingStored_WaitsForTheNextRun()
    {
        var (status, isPastDue) = TimerCatchUp.From(null, Hourly, At(10, 20));

        Assert.Equal((default, At(11, 0), At(10, 20), false), (status.Last, status.Next, status.LastUpdated, isPastDue));
    }

    [Theory]
    [InlineData(10, 59, false)]
    [InlineData(11, 1, true)]
    [InlineData(17, 0, true)]
    public void From_StoredStatus_IsPastDueOnceItsNextRunIsOver(int hour, int minute, bool expected)
    {
        var stored = new ScheduleStatus { Last = At(10, 0), Next = At(11, 0), LastUpdated = At(10, 0) };

        var (status, isPastDue) = TimerCatchUp.From(stored, Hourly, At(hour, minute));

        Assert.Same(stored, status);
        Assert.Equal(expected, isPastDue);
    }

    [Fact]
    public void From_ScheduleNeverRun_IsPastDueOnceItsFirstRunIsOver()
    {
        var stored = new ScheduleStatus { Next = At(11, 0), LastUpdated = At(10, 20) };

        Assert.True(TimerCatchUp.From(stored, Hourly, At(11, 1)).IsPastDue);
    }

    [Theory]
    [InlineData("0 30 * * * *", 10, 20, 10, 30)]
    [InlineData("0 30 * * * *", 12, 40, 13, 30)]
    public void From_ScheduleThatChanged_StartsAnewWithoutAPastDueRun(string now, int hour, int minute, int nextHour, int nextMinute)
    {
        var stored = new ScheduleStatus { Last = At(10, 0), Next = At(11, 0), LastUpdated = At(10, 0) };

        var (status, isPastDue) = TimerCatchUp.From(stored, TimerSchedule.TryParse(now)!, At(hour, minute));

        Assert.Equal((default, At(nextHour, nextMinute), false), (status.Last, status.Next, isPastDue));
    }

    [Fact]
    public void AfterScheduled_RunThatCameEarly_DoesNotComeAgain()
    {
        var status = TimerCatchUp.AfterScheduled(new ScheduleStatus { Next = At(11, 0) }, Hourly, At(11, 0).AddMilliseconds(-5));

        Assert.Equal(At(12, 0), status.Next);
    }

    [Fact]
    public void AfterStartUp_TakesNoScheduledRunsPlace() => Assert.Equal(At(11, 0), TimerCatchUp.AfterStartUp(Hourly, At(10, 59)).Next);

    private static DateTime At(int hour, int minute) => new(2026, 1, 1, hour, minute, 0, DateTimeKind.Utc);
}
