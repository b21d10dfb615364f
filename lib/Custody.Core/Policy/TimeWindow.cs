using System.Globalization;

namespace Custody.Core.Policy;

/// <summary>Hours of the day in a named zone, such as 09:00 to 18:00 in Asia/Hong_Kong from Monday to Friday.</summary>
/// <param name="Zone">The zone's IANA name; summer time follows it.</param>
/// <param name="From">The first minute within, <c>HH:mm</c>.</param>
/// <param name="Until">The first minute after it, <c>HH:mm</c>, later than <paramref name="From"/>; <c>24:00</c> is the day's end. What spans midnight is two windows.</param>
/// <param name="Days">The zone's weekdays; absent: every day.</param>
public sealed record TimeWindow(string Zone, string From, string Until, IReadOnlyList<DayOfWeek>? Days = null)
{
    private const int MinutesInADay = 1440;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>What makes the window mean nothing, as a sentence's end; null when it is well-formed.</summary>
    public string? Problem() =>
        Find(Zone) is null ? $"names the zone '{Zone}', which is no IANA zone"
        : Minutes(From) is not { } from || Minutes(Until) is not { } until || from >= until ? $"needs a time window of HH:mm from before until, and has '{From}' to '{Until}'"
        : Days is { Count: 0 } ? "has a time window on no day"
        : null;

    /// <summary>Whether the window is open at an instant. One that is malformed never is.</summary>
    public bool IsOpen(DateTimeOffset at)
    {
        if (Find(Zone) is not { } zone || Minutes(From) is not { } from || Minutes(Until) is not { } until)
        {
            return false;
        }

        var local = TimeZoneInfo.ConvertTime(at, zone);
        var minute = (local.Hour * 60) + local.Minute;
        return minute >= from && minute < until && (Days?.Contains(local.DayOfWeek) ?? true);
    }

    /// <summary>The first instant from <paramref name="after"/> on at which it is open; null when there is none within eight days.</summary>
    public DateTimeOffset? NextOpening(DateTimeOffset after)
    {
        if (IsOpen(after))
        {
            return after;
        }

        if (Find(Zone) is not { } zone || Minutes(From) is not { } from)
        {
            return null;
        }

        var today = TimeZoneInfo.ConvertTime(after, zone).Date;
        return Enumerable.Range(0, 9)
            .Select(day => Instant(today.AddDays(day).AddMinutes(from), zone))
            .Where(opening => opening > after && IsOpen(opening))
            .Select(opening => (DateTimeOffset?)opening)
            .FirstOrDefault();
    }

    // When the clock is put forward, an hour of the day does not exist; the window then opens an hour later.
    private static DateTimeOffset Instant(DateTime local, TimeZoneInfo zone)
    {
        var existing = zone.IsInvalidTime(local) ? local + Hour : local;
        return new DateTimeOffset(existing, zone.GetUtcOffset(existing));
    }

    private static TimeZoneInfo? Find(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId ? zone : null;

    private static int? Minutes(string text) =>
        text is [var h1, var h2, ':', var m1, var m2] && char.IsAsciiDigit(h1) && char.IsAsciiDigit(h2) && char.IsAsciiDigit(m1) && char.IsAsciiDigit(m2)
        && int.Parse(text.AsSpan(0, 2), NumberStyles.None, CultureInfo.InvariantCulture) is var hours
        && int.Parse(text.AsSpan(3, 2), NumberStyles.None, CultureInfo.InvariantCulture) is var minutes
        && minutes < 60 && (hours * 60) + minutes <= MinutesInADay
            ? (hours * 60) + minutes
            : null;
}
