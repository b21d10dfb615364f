using System.Globalization;
using System.Net.Http.Headers;

namespace Custody.Vaults.ManagedHsm;

/// <summary>The Retry-After header (RFC 9110, section 10.2.3): seconds, or a date.</summary>
internal static class RetryAfter
{
    /// <summary>How long to wait from <paramref name="now"/>; null where the header is absent or malformed. A date that is past is no wait.</summary>
    public static TimeSpan? Parse(string? header, DateTimeOffset now) =>
        long.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue))
        : RetryConditionHeaderValue.TryParse(header, out var parsed) && parsed.Date is { } date ? (date > now ? date - now : TimeSpan.Zero)
        : null;
}
