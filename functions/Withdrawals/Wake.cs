namespace Custody.Functions.Withdrawals;

/// <summary>A wake-up for a withdrawal's orchestration. It says that something was stored, not what: the stage reads and verifies it.</summary>
/// <param name="Version">Always 1.</param>
public sealed record Wake(int Version)
{
    /// <summary>A vote, a cancellation or a rejection was stored.</summary>
    public const string Vote = "Vote";

    /// <summary>The chain moved.</summary>
    public const string Chain = "Chain";

    /// <summary>A governance version was vetoed, or another came into force.</summary>
    public const string Governance = "Governance";

    /// <summary>Two operators decided about a hold.</summary>
    public const string Resolution = "Resolution";
}
