using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Maintenance;
using Custody.Core.Signatures;

namespace Custody.Vaults.Gate;

/// <summary>Everything that the gate decides an order of upkeep on, read from storage for this one decision.</summary>
/// <param name="Id">What was asked for.</param>
/// <param name="File">The order's file.</param>
/// <param name="Governed">Governance in force, verified.</param>
/// <param name="Stops">The stop journal to its head.</param>
/// <param name="Signings">Every vault's signing journal to its head, by vault.</param>
/// <param name="Now">The host's clock.</param>
/// <param name="ChainTime">The chain's newest final block's time.</param>
public sealed record UpkeepFacts(
    string Id,
    UpkeepFile File,
    Governed Governed,
    StopView Stops,
    IReadOnlyDictionary<string, SigningView> Signings,
    DateTimeOffset Now,
    DateTimeOffset ChainTime)
{
    /// <summary>The clock by which a gap is old enough and a day is over: both are things that time loosens.</summary>
    public DateTimeOffset SlowerClock => ChainTime < Now ? ChainTime : Now;

    /// <summary>Both clocks: what expires has expired by the later one.</summary>
    public Clocks Clocks => new(Now, ChainTime);
}
