namespace Custody.Vaults.Pkcs11;

/// <summary>Which module, which token and which PIN. It names the PIN's file, never the PIN, so it may be printed.</summary>
public sealed record Pkcs11Options
{
    /// <summary>The module's absolute path. A bare name would let the loader's search path choose the code that sees the PIN.</summary>
    public required string ModulePath { get; init; }

    /// <summary>The token's label; with <see cref="TokenSerial"/>, both must match.</summary>
    public string? TokenLabel { get; init; }

    /// <summary>The token's serial number.</summary>
    public string? TokenSerial { get; init; }

    /// <summary>The file that holds the user PIN, and nothing else.</summary>
    public required string PinFile { get; init; }

    /// <summary>How many sessions may be open at once for borrowers; one more is kept for the login.</summary>
    public int MaxSessions { get; init; } = 4;

    /// <summary>The least wait between two re-initialisations that did not bring the token back; it doubles each time.</summary>
    public TimeSpan FirstRecoveryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The wait between re-initialisations grows no longer than this.</summary>
    public TimeSpan MaxRecoveryDelay { get; init; } = TimeSpan.FromMinutes(1);

    internal string TokenName => (TokenLabel, TokenSerial) switch
    {
        ({ } label, { } serial) => $"label '{label}', serial '{serial}'",
        ({ } label, null) => $"label '{label}'",
        (null, { } serial) => $"serial '{serial}'",
        _ => "unnamed",
    };

    internal Pkcs11Options Checked()
    {
        if (!Path.IsPathFullyQualified(ModulePath) || !Path.IsPathFullyQualified(PinFile))
        {
            throw new ArgumentException("ModulePath and PinFile must be absolute paths.");
        }

        if (string.IsNullOrEmpty(TokenLabel) && string.IsNullOrEmpty(TokenSerial))
        {
            throw new ArgumentException("A token is chosen by TokenLabel or TokenSerial; neither is set.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(MaxSessions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(FirstRecoveryDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRecoveryDelay, FirstRecoveryDelay);
        return this;
    }
}
