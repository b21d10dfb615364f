namespace Custody.Vaults.ManagedHsm;

/// <summary>Which HSM, and how long to wait for it. It names no secret: who we are is the credential's matter.</summary>
public sealed record ManagedHsmOptions
{
    /// <summary>The Key Vault REST API's version: the newest one that is generally available.</summary>
    public const string ApiVersion = "2025-07-01";

    /// <summary>The HSM, such as https://custody.managedhsm.azure.net; nothing behind the host.</summary>
    public required Uri HsmUri { get; init; }

    /// <summary>How long one try may take, with the challenge and the token that it may need. 10 s.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// No try begins, and no pause ends, later than this after the first try. 40 s: the line that the gate journalled for a
    /// signature stays fresh for a minute.
    /// </summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>How often at most one operation is tried. 4.</summary>
    public int MaxAttempts { get; init; } = 4;

    /// <summary>The pause before the second try, where the HSM names none; it doubles each time. 500 ms.</summary>
    public TimeSpan FirstRetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>That pause grows no longer than this. 5 s.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A Retry-After up to this is waited for; a longer one ends the operation, and the withdrawal waits instead. 15 s.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>However long a Retry-After is, the HSM is asked again after this: an answer must not switch a vault off for good. 5 min.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A token is renewed this long before it expires. 5 min.</summary>
    public TimeSpan TokenRefreshMargin { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long what the HSM said of a key counts; after that it is read again. 5 min.</summary>
    public TimeSpan KeyCacheDuration { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long it counts that our identity was refused a change of the key; after that it is tried again. 1 day.</summary>
    public TimeSpan PermissionCacheDuration { get; init; } = TimeSpan.FromDays(1);

    /// <summary>
    /// True for an https URL of a host in a domain, with nothing behind it. The domain is what a challenge's resource must be, so
    /// a host without one is no HSM.
    /// </summary>
    public static bool IsHsm(Uri url) => url.IsAbsoluteUri && url.Scheme == Uri.UriSchemeHttps && url.PathAndQuery == "/" && url.Fragment.Length == 0
        && url.UserInfo.Length == 0 && url.HostNameType == UriHostNameType.Dns && url.IdnHost.Count(c => c == '.') >= 2;

    /// <summary>The HSM of a key's identifier with its version; null if it is none.</summary>
    public static Uri? HsmOf(string keyId) =>
        Uri.TryCreate(keyId, UriKind.Absolute, out var url) && Uri.TryCreate(url.GetLeftPart(UriPartial.Authority), UriKind.Absolute, out var hsm)
            && IsHsm(hsm) && ManagedHsmKeyId.TryParse(keyId, hsm, out _, out _) ? hsm : null;

    internal TimeSpan DelayAfter(int attempt)
    {
        var delay = FirstRetryDelay;
        for (var tried = 1; tried < attempt && delay < MaxRetryDelay; tried++)
        {
            delay *= 2;
        }

        return delay < MaxRetryDelay ? delay : MaxRetryDelay;
    }

    internal ManagedHsmOptions Checked()
    {
        if (!IsHsm(HsmUri))
        {
            throw new ArgumentException($"'{HsmUri}' is not the URL of a Managed HSM, such as https://custody.managedhsm.azure.net.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(AttemptTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(TotalTimeout, AttemptTimeout);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(FirstRetryDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRetryDelay, FirstRetryDelay);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRetryAfter, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(LongestPause, MaxRetryAfter);
        ArgumentOutOfRangeException.ThrowIfLessThan(TokenRefreshMargin, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(KeyCacheDuration, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(PermissionCacheDuration, TimeSpan.Zero);
        return this;
    }
}
