using Microsoft.Extensions.Time.Testing;

namespace Custody.LocalRuntime.Tests.Hosting;

/// <summary>A clock on the wall that can be set; timers and elapsed time do not see it, as on a machine.</summary>
internal sealed class WallClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    public TimeSpan SetBy { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + SetBy;

    public override long GetTimestamp() => base.GetUtcNow().Ticks;
}
