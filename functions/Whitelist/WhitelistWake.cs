namespace Custody.Functions.Whitelist;

/// <summary>A wake-up for an entry's orchestration. It says that something was stored, not what: the stage reads and verifies it.</summary>
/// <param name="Version">Always 1.</param>
public sealed record WhitelistWake(int Version)
{
    /// <summary>A signature or a statement was stored.</summary>
    public const string Changed = "EntryChanged";
}
