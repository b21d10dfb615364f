using Custody.Core.Gate;

namespace Custody.Functions.Roles;

/// <summary>
/// The signer's watch for duress, which answers nothing. Throws <see cref="RoleUnavailableException"/> when the signer is away: whoever
/// asked waits for it, since a vote that is taken back meanwhile must have been looked at.
/// </summary>
public sealed class RemoteDuressWatch(RoleClient signer) : IDuressWatch
{
    /// <inheritdoc />
    public Task LookAtVotesAsync(string withdrawalId, CancellationToken cancellation) => AskAsync(RoleCalls.LookAtVotes, withdrawalId, cancellation);

    /// <inheritdoc />
    public Task LookAtEntryAsync(string key, CancellationToken cancellation) => AskAsync(RoleCalls.LookAtEntry, key, cancellation);

    /// <inheritdoc />
    public Task LookAtDrillsAsync(CancellationToken cancellation) => AskAsync(RoleCalls.LookAtDrills, "", cancellation);

    private Task AskAsync(string call, string id, CancellationToken cancellation) => signer.CallAsync(call, new IdMessage(1, id), cancellation);
}
