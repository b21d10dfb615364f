using Custody.Core.Approvals;
using Custody.Core.Assets;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;

namespace Custody.Vaults.Gate;

/// <summary>Everything that the gate decides on, read from storage for this one decision.</summary>
/// <param name="Case">The withdrawal's file.</param>
/// <param name="Customer">The stored customer record.</param>
/// <param name="Entry">The stored whitelist entry.</param>
/// <param name="Governed">Governance in force, verified.</param>
/// <param name="Stops">The stop journal to its head.</param>
/// <param name="Signings">Every vault's signing journal to its head, by vault.</param>
/// <param name="Now">The host's clock.</param>
/// <param name="ChainTime">The chain's newest final block's time; null when it is not known.</param>
/// <param name="Prices">The newest stored prices of the asset; absent: none.</param>
/// <param name="Lists">The sanctions lists that the stop journal names, by digest; absent, nothing passes.</param>
/// <param name="Openings">What the gate knows of the devices' commitments; null when it holds nothing.</param>
/// <param name="AssetPrices">The newest stored prices of every asset that was ever governed, read where a limit over all assets is; absent: none.</param>
public sealed record GateFacts(
    WithdrawalCase Case,
    SignedDocument? Customer,
    SignedDocument? Entry,
    Governed Governed,
    StopView Stops,
    IReadOnlyDictionary<string, SigningView> Signings,
    DateTimeOffset Now,
    DateTimeOffset? ChainTime,
    IReadOnlyList<SignedDocument>? Prices = null,
    IReadOnlyDictionary<string, SignedDocument>? Lists = null,
    DuressOpenings? Openings = null,
    IReadOnlyDictionary<AssetId, IReadOnlyList<SignedDocument>>? AssetPrices = null)
{
    /// <summary>
    /// The clock that windows slide by. A payment leaving a window is a thing that time loosens, so it must be past by both
    /// clocks: a host whose clock was moved ahead would otherwise find every window empty.
    /// </summary>
    public DateTimeOffset SlowerClock => ChainTime < Now ? ChainTime.Value : Now;

    /// <summary>Both clocks: what expires has expired by the later one, or a host whose clock was set back would revive it.</summary>
    public Clocks Clocks => new(Now, ChainTime);
}
