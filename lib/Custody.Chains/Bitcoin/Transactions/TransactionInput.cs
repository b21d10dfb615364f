namespace Custody.Chains.Bitcoin;

/// <summary>An input of a transaction.</summary>
/// <param name="Outpoint">What it spends.</param>
/// <param name="ScriptSig">The unlocking script; empty for native segregated witness.</param>
/// <param name="Sequence">BIP-68 and BIP-125: below 0xfffffffe says that it may be replaced.</param>
/// <param name="Witness">The witness stack (BIP-141), which the transaction's id does not cover.</param>
public sealed record TransactionInput(
    Outpoint Outpoint, ReadOnlyMemory<byte> ScriptSig, uint Sequence, IReadOnlyList<ReadOnlyMemory<byte>> Witness)
{
    /// <summary>The sequence of our own spends: replaceable (BIP-125), without a relative lock (BIP-68).</summary>
    public const uint Replaceable = 0xfffffffd;

    /// <summary>An input that nobody has signed.</summary>
    public static TransactionInput Unsigned(Outpoint outpoint, uint sequence = Replaceable) => new(outpoint, default, sequence, []);
}
