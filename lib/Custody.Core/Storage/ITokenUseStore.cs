using Custody.Core.Withdrawals;

namespace Custody.Core.Storage;

/// <summary>The jti of call tokens that were used for a write; each counts once.</summary>
public interface ITokenUseStore
{
    /// <summary>Records a use; <see cref="CommitOutcome.Conflict"/> when it was used before.</summary>
    Task<CommitOutcome> UseAsync(string keyId, string jti, DateTimeOffset expiresAt, CancellationToken cancellation);
}
