using Custody.Core.Assets;

namespace Custody.Core.Storage;

/// <summary>
/// Nonces of our accounts, given out by conditional write: one per (withdrawal, account), the same again when asked again.
/// The signing journal, not this store, decides what may be signed at a nonce.
/// </summary>
public interface INonceStore
{
    /// <summary>
    /// The nonce of a withdrawal: the one it has, else the lowest that was given back, else the next, which is never below
    /// <paramref name="chainNonce"/> (the account's transaction count on the chain). Null when the next would be
    /// <paramref name="maxInFlight"/> or more above it: a pool may drop what is too far ahead. A count that lags only makes wait.
    /// </summary>
    Task<ulong?> TakeAsync(ChainId chain, EvmAddress account, string withdrawalId, ulong chainNonce, int maxInFlight, CancellationToken cancellation);

    /// <summary>Gives back a withdrawal's nonce, which no journal entry names. Giving back twice does nothing.</summary>
    Task ReleaseAsync(ChainId chain, EvmAddress account, string withdrawalId, CancellationToken cancellation);

    /// <summary>
    /// Takes this very nonce for a fill, so that no withdrawal gets it; true as well when the fill has it. False when somebody else has
    /// it, when it was not given out yet, or when the fill has another.
    /// </summary>
    Task<bool> TakeExactAsync(ChainId chain, EvmAddress account, string fillId, ulong nonce, CancellationToken cancellation);

    /// <summary>Lets nothing below a nonce be given out to withdrawals any more, save what was given back; fills may still take it.</summary>
    Task SkipAsync(ChainId chain, EvmAddress account, ulong nonce, CancellationToken cancellation);

    /// <summary>
    /// The account's next nonce, above all that were given out; null before the first. What lies between the account's count on the
    /// chain and this is in flight. A hint: it spreads load and allows nothing.
    /// </summary>
    Task<ulong?> NextAsync(ChainId chain, EvmAddress account, CancellationToken cancellation);

    /// <summary>Who has a nonce; null when nobody does. A hint for people: the signing journal decides what may be signed.</summary>
    Task<string?> OwnerAsync(ChainId chain, EvmAddress account, ulong nonce, CancellationToken cancellation);
}
