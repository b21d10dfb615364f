using System.Globalization;
using Custody.LocalRuntime.Hosting.Timers;
using Xunit;

namespace Custody.LocalRuntime.Tests.Hosting;

public sealed class TimerScheduleTests
{
    [Theory]
    [InlineData("0 */5 * * * *", "2026-01-01T00:00:01", "2026-01-01T00:05:00")]
    [InlineData("*/5 * * * *", "2026-01-01T00:00:01", "2026-01-01T00:05:00")]
    [InlineData("*/2 * * * * *", "2026-01-01T00:00:01", "2026-01-01T00:00:02")]
    [InlineData("0 30 9 * * 1-5", "2026-01-02T10:00:00", "2026-01-05T09:30:00")]
    [InlineData("0 0 0 29 2 *", "2026-01-02T10:00:00", "2028-02-29T00:00:00")]
    [InlineData("00:00:15", "2026-01-01T00:00:01", "2026-01-01T00:00:16")]
    [InlineData("1.00:00:00", "2026-01-01T00:00:01", "2026-01-02T00:00:01")]
    public void After_Schedule_IsItsNextRun(string text, string from, string expected) =>
        Assert.Equal(Utc(expected), TimerSchedule.TryParse(text)!.After(Utc(from)));

    [Theory]
    [InlineData("")]
    [InlineData("* * * *")]
    [InlineData("0 0 0 * * * *")]
    [InlineData("0 60 * * * *")]
    [InlineData("every minute")]
    [InlineData("00:00:00")]
    [InlineData("-00:01:00")]
    public void TryParse_NeitherCronNorSpan_IsNull(string text) => Assert.Null(TimerSchedule.TryParse(text));

    [Fact]
    public void After_DateThatNeverComes_IsNull() => Assert.Null(TimerSchedule.TryParse("0 0 0 30 2 *")!.After(Utc("2026-01-01T00:00:00")));

    [Theory]
    [InlineData("0 * * * * *", true)]
    [InlineData("00:01:00", true)]
    [InlineData("*/30 * * * * *", false)]
    [InlineData("0,30 0 * * * *", false)]
    [InlineData("00:00:59", false)]
    public void CanBeMonitored_RunsWithinAMinute_IsFalse(string text, bool expected) =>
        Assert.Equal(expected, TimerSchedule.TryParse(text)!.CanBeMonitored(Utc("2026-01-01T00:00:00")));

    private static DateTime Utc(string text) =>
        DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
