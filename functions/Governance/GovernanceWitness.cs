using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Storage;

namespace Custody.Functions.Governance;

/// <summary>
/// Remembers, outside both storage accounts, the newest governance version that was in force: who restores an older store cannot pass
/// an older version for it (<see cref="Restoring.RestoreDesk"/>). A version's number and digest stand in the witness as a line's do.
/// </summary>
public sealed class GovernanceWitness(IHeadWitness witness)
{
    private const string Name = "governance";

    /// <summary>Remembers that a version is in force. Throws <see cref="JournalBrokenException"/> when another of the same number was.</summary>
    public Task RememberAsync(Governed inForce, CancellationToken cancellation) =>
        witness.AdvanceAsync(Name, new JournalHead(inForce.Document.Version, inForce.Digest), cancellation);

    /// <summary>The newest version that was in force: its number, and its digest as the hash; null when none is remembered.</summary>
    public Task<JournalHead?> NewestAsync(CancellationToken cancellation) => witness.ReadAsync(Name, cancellation);
}
