using Custody.Core.Signatures;
using Custody.Core.Withdrawals;

namespace Custody.Core.Storage;

/// <summary>Signed facts, as stored. Reading verifies nothing: whoever uses a fact verifies it, every time.</summary>
public interface IFactStore
{
    /// <summary>Reads a fact; null when there is none or it cannot be read as one.</summary>
    Task<SignedDocument?> ReadAsync(FactKind kind, string id, CancellationToken cancellation);

    /// <summary>The facts of a kind whose ids begin with <paramref name="prefix"/>.</summary>
    Task<IReadOnlyList<SignedDocument>> ListAsync(FactKind kind, string prefix, CancellationToken cancellation);

    /// <summary>Writes a fact if there is none.</summary>
    Task<CommitOutcome> WriteAsync(FactKind kind, string id, SignedDocument document, CancellationToken cancellation);
}
