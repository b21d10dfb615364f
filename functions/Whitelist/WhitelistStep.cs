using Custody.Core.Results;
using Custody.Core.Whitelisting;

namespace Custody.Functions.Whitelist;

/// <summary>What a whitelist stage's activity answers: where the entry is now. It tells the orchestration what to call next; it allows nothing.</summary>
/// <param name="Version">Always 1.</param>
/// <param name="Next">The next step, see <see cref="WhitelistSteps"/>.</param>
/// <param name="EntryId">The entry.</param>
/// <param name="Status">The status, as the API writes it.</param>
/// <param name="Reason">The code of an end or a wait.</param>
/// <param name="Approvals">Signatures that count.</param>
/// <param name="Needed">Signatures needed.</param>
/// <param name="Until">The time to wait for: the proposal's deadline, or before the next step is tried.</param>
public sealed record WhitelistStep(
    int Version, string Next, string EntryId, string Status, string? Reason = null, int Approvals = 0, int Needed = 0, DateTimeOffset? Until = null)
{
    /// <summary>The result for an entry as it is.</summary>
    public static WhitelistStep Of(WhitelistState state) => new(
        1,
        WhitelistSteps.After(state.Status),
        state.EntryId,
        WhitelistView.Text(state.Status),
        state.Reason == RefusalCode.Unspecified ? null : state.Reason.Text(),
        Until: state.Status == WhitelistStatus.CoolingOff ? state.UsableFrom : null);
}
