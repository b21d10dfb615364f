using System.Globalization;
using Custody.Core.Policy;
using Xunit;

namespace Custody.Core.Tests.Policy;

public sealed class TimeWindowTests
{
    private static readonly TimeWindow Office = new("Asia/Hong_Kong", "09:00", "18:00", [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday]);
    private static readonly TimeWindow London = new("Europe/London", "01:00", "01:30");

    [Theory]
    // Hong Kong is eight hours ahead; 2026-02-02 is a Monday.
    [InlineData("2026-02-02T00:59:59Z", false)]
    [InlineData("2026-02-02T01:00:00Z", true)]
    [InlineData("2026-02-02T09:59:59Z", true)]
    [InlineData("2026-02-02T10:00:00Z", false)]
    [InlineData("2026-01-31T02:00:00Z", false)]
    [InlineData("2026-02-01T23:30:00Z", false)]
    public void IsOpen_InItsOwnZone_FromIncludedUntilNot(string at, bool open) => Assert.Equal(open, Office.IsOpen(Instant(at)));

    [Theory]
    [InlineData("2026-01-10T01:15:00Z", true)]
    [InlineData("2026-07-10T01:15:00Z", false)]
    [InlineData("2026-07-10T00:15:00Z", true)]
    public void IsOpen_SummerTime_IsFollowed(string at, bool open) => Assert.Equal(open, London.IsOpen(Instant(at)));

    [Fact]
    public void IsOpen_UntilMidnight_IncludesTheLastMinute() => Assert.True(new TimeWindow("Etc/UTC", "23:00", "24:00").IsOpen(Instant("2026-02-02T23:59:59Z")));

    [Theory]
    [InlineData("2026-02-02T00:00:00Z", "2026-02-02T01:00:00Z")]
    [InlineData("2026-02-02T05:00:00Z", "2026-02-02T05:00:00Z")]
    [InlineData("2026-02-06T10:00:00Z", "2026-02-09T01:00:00Z")]
    public void NextOpening_IsTheNextWorkingDaysFirstMinute(string after, string opening) => Assert.Equal(Instant(opening), Office.NextOpening(Instant(after)));

    // On 2026-03-29 the hour from one to two does not exist in London: this window does not open that day.
    [Fact]
    public void NextOpening_HourThatDoesNotExist_IsTheDayAfters() =>
        Assert.Equal(Instant("2026-03-30T00:00:00Z"), London.NextOpening(Instant("2026-03-29T00:00:00Z")));

    [Theory]
    [InlineData("Nowhere/None", "09:00", "18:00")]
    [InlineData("Asia/Hong_Kong", "24:01", "25:00")]
    [InlineData("Asia/Hong_Kong", "09:60", "18:00")]
    [InlineData("Asia/Hong_Kong", "aa:bb", "18:00")]
    [InlineData("Asia/Hong_Kong", "", "")]
    public void Malformed_IsSaidAndNeverOpens(string zone, string from, string until)
    {
        var window = new TimeWindow(zone, from, until);

        Assert.NotNull(window.Problem());
        Assert.False(window.IsOpen(Instant("2026-02-02T05:00:00Z")));
        Assert.Null(window.NextOpening(Instant("2026-02-02T05:00:00Z")));
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
