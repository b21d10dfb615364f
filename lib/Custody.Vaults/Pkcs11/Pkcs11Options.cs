namespace Custody.Vaults.Pkcs11;

/// <summary>Which module, which token and which PIN. It prints the PIN's file, and never the PIN.</summary>
public sealed record Pkcs11Options
{
    /// <summary>The module's absolute path. A bare name would let the loader's search path choose the code that sees the PIN.</summary>
    public required string ModulePath { get; init; }

    /// <summary>The token's label; with <see cref="TokenSerial"/>, both must match.</summary>
    public string? TokenLabel { get; init; }

    /// <summary>The token's serial number.</summary>
    public string? TokenSerial { get; init; }

    /// <summary>The file that holds the user PIN, and nothing else; empty where <see cref="Pin"/> is set.</summary>
    public string PinFile { get; init; } = "";

    /// <summary>The user PIN itself, where the platform brings it in a setting; null: it is in the file.</summary>
    public string? Pin { get; init; }

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

    /// <summary>Where the PIN comes from, for people and for the memory of refused ones.</summary>
    internal string PinSource => Pin is null ? PinFile : "the setting";

    internal Pkcs11Options Checked()
    {
        if (Pin is null == (PinFile.Length == 0))
        {
            throw new ArgumentException("Either PinFile or Pin is set, and not both.");
        }

        if (!Path.IsPathFullyQualified(ModulePath) || (Pin is null && !Path.IsPathFullyQualified(PinFile)))
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

    /// <summary>Reads the PIN; null where there is none.</summary>
    internal Pkcs11Pin? ReadPin() => Pin is null ? Pkcs11Pin.TryReadFile(PinFile) : string.IsNullOrWhiteSpace(Pin) ? null : Pkcs11Pin.FromText(Pin);

    // A record's own text would print the PIN.
    private bool PrintMembers(System.Text.StringBuilder text)
    {
        text.Append($"{ModulePath}, token {TokenName}, PIN from {PinSource}");
        return true;
    }
}
