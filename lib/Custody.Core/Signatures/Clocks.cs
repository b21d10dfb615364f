namespace Custody.Core.Signatures;

/// <summary>
/// What the time is by both clocks that count. What time tightens (an expiry) has come when either says so, so that a host whose
/// clock was set back revives nothing; what is from the future is judged by the host's alone, or a chain that runs ahead would
/// let more through. Where only one time is at hand, it converts by itself.
/// </summary>
/// <param name="Host">The host's clock.</param>
/// <param name="Chain">The time of a chain's newest final block; null where it is not at hand.</param>
public readonly record struct Clocks(DateTimeOffset Host, DateTimeOffset? Chain = null)
{
    /// <summary>The later of the two: by this one is asked whether something is still valid.</summary>
    public DateTimeOffset Later => Chain > Host ? Chain.Value : Host;

    /// <summary>The host's clock alone.</summary>
    public static Clocks ToClocks(DateTimeOffset host) => new(host);

    /// <summary>The host's clock alone.</summary>
    public static implicit operator Clocks(DateTimeOffset host) => new(host);
}
