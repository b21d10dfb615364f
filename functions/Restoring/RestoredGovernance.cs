using System.Globalization;
using Custody.Core.Governance;
using Custody.Core.Governance.Change;
using Custody.Core.Journals;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Storage;
using Custody.Storage.Journals;

namespace Custody.Functions.Restoring;

/// <summary>
/// Brings back the governance that a restored store has forgotten, by the rules for any version: what tightens is in force at once, and
/// what weakens waits its delay from now on, since the record of its quorum is lost. Until then stricter terms hold, and the restore's
/// freeze is not thawed before the version that the statement names is in force.
/// </summary>
public sealed class RestoredGovernance(TimeProvider time)
{
    /// <summary>Stores the versions that are missing and appends what the restored journal lacks of them. Doing it again changes nothing.</summary>
    public async Task BringBackAsync(IReadOnlyList<SignedDocument> stored, Governed newest, CustodyStorage restored, CancellationToken cancellation)
    {
        var versions = new Stack<Governed>();
        for (var version = newest; version is not null; version = version.Previous)
        {
            versions.Push(version);
        }

        foreach (var version in versions)
        {
            var document = stored[version.Document.Version - 1];
            await restored.Facts.WriteAsync(FactKind.Governance, FactId.Governance(version.Document.Version, version.Digest), document, cancellation);
            if (version.Previous is not null)
            {
                await AppendAsync(version, document, restored.StopJournal, cancellation);
            }
        }
    }

    private async Task AppendAsync(Governed version, SignedDocument document, StopJournal journal, CancellationToken cancellation)
    {
        var number = version.Document.Version.ToString(CultureInfo.InvariantCulture);
        await journal.AppendAsync(
            head => version.Document.Version > head.View.GovernanceVersion && head.View.GovernanceProposedAt(version.Digest) is null
                ? new StopFact(StopKind.GovernanceProposed, number, "Its record was lost with the storage that was restored.", Digest: version.Digest, Evidence: document.Signatures)
                : null,
            cancellation);
        await journal.AppendAsync(
            head => head.View.GovernanceDigest == version.Previous!.Digest && version.Changes!.Direction == ChangeDirection.Tightens
                && GovernanceInForce.MayTakeEffect(version, head.View, time.GetUtcNow(), time.GetUtcNow()).IsAllowed
                ? new StopFact(StopKind.GovernanceInForce, number, "It was in force before storage was restored.", Digest: version.Digest, Evidence: document.Signatures)
                : null,
            cancellation);
    }
}
