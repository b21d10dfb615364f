using Custody.Core.Withdrawals;

namespace Custody.Core.Storage;

/// <summary>
/// What the gate signed, in the journals' account: only the signer role writes it. A signature is stored before the gate
/// returns it, once per sighash, so that asking again gives the same bytes.
/// </summary>
public interface ISignedTransactionStore
{
    /// <summary>The signed transaction of a sighash (hex); null when there is none.</summary>
    Task<SignedTransactionRecord?> ReadAsync(string withdrawalId, string sighash, CancellationToken cancellation);

    /// <summary>Writes it if there is none for its sighash.</summary>
    Task<CommitOutcome> WriteAsync(SignedTransactionRecord record, CancellationToken cancellation);

    /// <summary>Every signed transaction of a withdrawal, in any attempt.</summary>
    Task<IReadOnlyList<SignedTransactionRecord>> OfAsync(string withdrawalId, CancellationToken cancellation);
}
