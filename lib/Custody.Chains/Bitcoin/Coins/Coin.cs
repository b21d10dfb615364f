namespace Custody.Chains.Bitcoin;

/// <summary>An output of ours that may be spent; always P2WPKH of the vault's own key.</summary>
/// <param name="Outpoint">Which.</param>
/// <param name="Amount">Satoshi.</param>
/// <param name="IsConfirmed">Whether it is in a block; otherwise it is our own change in the pool.</param>
public sealed record Coin(Outpoint Outpoint, long Amount, bool IsConfirmed = true);
