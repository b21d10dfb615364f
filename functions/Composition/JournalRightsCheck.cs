using Custody.Core.Governance;
using Custody.Storage;

namespace Custody.Functions.Composition;

/// <summary>This process's identity cannot write the journals. Storage is asked, since settings with an identity do not show what it may.</summary>
public sealed class JournalRightsCheck(CustodyStorage storage) : IStartCheck
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> ProblemsAsync(Governed governed, CancellationToken cancellation) =>
        await storage.MayWriteJournalsAsync(cancellation)
            ? ["This role's identity may write the journals, which are the signer's alone: take that right away, or Custody__Storage__Journals is another role's."]
            : [];
}
