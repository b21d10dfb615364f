using Custody.Core.Approvals;
using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Storage;
using Custody.Core.Whitelisting;
using Custody.Core.Withdrawals;

namespace Custody.Vaults.Gate;

/// <summary>
/// Tells the SOC when somebody signs under duress, and not only when a payment that rests on it comes to the gate. It holds the
/// signer's openings, takes an id, and reads and verifies the rest itself. It stops nothing: that is <see cref="DuressRule"/>'s.
/// </summary>
public sealed class DuressWatch(
    IWithdrawalStore withdrawals, IWhitelistStore entries, IFactStore facts, IStopJournal stops, string pinnedRoot, TimeProvider time, IDuressSignal signal, DuressOpenings? openings) : IDuressWatch
{
    private readonly GovernanceArchive _governance = new(facts, pinnedRoot, time);

    /// <inheritdoc />
    public async Task LookAtVotesAsync(string withdrawalId, CancellationToken cancellation)
    {
        if (openings is null || await withdrawals.LoadAsync(withdrawalId, cancellation) is not { } file || file.State.Id != withdrawalId)
        {
            return;
        }

        var view = (await stops.ReadAsync(cancellation)).View;
        if (await GovernedAsync(view, cancellation) is { } governed)
        {
            await TellAsync(withdrawalId, SigningDevices.OfVotes(file, governed, time.GetUtcNow()), cancellation);
        }
    }

    /// <inheritdoc />
    public async Task LookAtEntryAsync(string key, CancellationToken cancellation)
    {
        if (openings is null || await entries.LoadAsync(key, cancellation) is not { } file || WhitelistKey.Of(file.State.EntryId) != key)
        {
            return;
        }

        var view = (await stops.ReadAsync(cancellation)).View;
        if (await GovernedAsync(view, cancellation) is not { } governed)
        {
            return;
        }

        var (id, now) = (file.State.EntryId, time.GetUtcNow());
        var standing = view.StandingOf(id);
        await TellAsync(
            id,
            [
                .. SigningDevices.OfEntry(file.Signed(), standing, governed, now),
                .. SigningDevices.OfReinstatement(id, standing, governed, now),
                .. standing.Suspension is { } inForce
                    ? SigningDevices.OfReinstatement(file.With(WhitelistFile.Reinstatements(inForce.Sequence)), id, inForce.Sequence, governed, now) : [],
            ],
            cancellation);
    }

    /// <inheritdoc />
    public async Task LookAtDrillsAsync(CancellationToken cancellation)
    {
        if (openings is null || (await stops.ReadAsync(cancellation)).View is not { DrillAnswers.Count: > 0 } view || await GovernedAsync(view, cancellation) is not { } governed)
        {
            return;
        }

        foreach (var answer in view.DrillAnswers.Values)
        {
            await TellAsync(VoteSubject.WithdrawalOf(answer.Subject), SigningDevices.OfDrillAnswer(answer, governed, time.GetUtcNow()), cancellation);
        }
    }

    // Without governance that verifies the gate signs nothing, and says so.
    private async Task<Governed?> GovernedAsync(StopView view, CancellationToken cancellation) =>
        (await _governance.ReadAsync(view, chainTime: null, cancellation)).Reading is GovernanceReading.Verified { Governed: var governed } ? governed : null;

    private async Task TellAsync(string subject, IEnumerable<SigningDevice> devices, CancellationToken cancellation)
    {
        foreach (var device in DuressRule.Open(devices, openings).Duress.Distinct(StringComparer.Ordinal))
        {
            await signal.RaiseAsync(subject, device, cancellation);
        }
    }
}
