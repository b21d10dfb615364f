namespace Custody.Chains.Bitcoin;

/// <summary>Builds the unsigned transaction of selected coins.</summary>
public static class SpendPlan
{
    private const int TransactionVersion = 2;

    /// <summary>
    /// The transaction: every input replaceable (BIP-125), inputs and outputs in the order of BIP-69, which says nothing of
    /// which output is change.
    /// </summary>
    /// <param name="selection">What is spent.</param>
    /// <param name="payments">The outputs to the recipients.</param>
    /// <param name="changeScript">The vault's own script, derived from its registered public key here and now.</param>
    /// <param name="lockTime">The lock time; the newest block's height keeps the transaction out of older blocks.</param>
    public static BitcoinTransaction Build(
        CoinSelection.Selected selection, IReadOnlyList<TransactionOutput> payments, ReadOnlyMemory<byte> changeScript, uint lockTime)
    {
        var outputs = selection.Change.IsZero ? payments : [.. payments, new TransactionOutput(Satoshi.Of(selection.Change), changeScript)];
        return new BitcoinTransaction(
            TransactionVersion,
            [.. selection.Coins.Select(c => TransactionInput.Unsigned(c.Outpoint)).OrderBy(i => i.Outpoint)],
            [.. outputs.OrderBy(o => o.Amount).ThenBy(o => o.Script, ScriptOrder.Instance)],
            lockTime);
    }

    /// <summary>The transaction with a signature for each input, r‖s with low s, made by the key whose compressed form is given.</summary>
    public static BitcoinTransaction Sign(BitcoinTransaction unsigned, IReadOnlyList<ReadOnlyMemory<byte>> signatures, ReadOnlyMemory<byte> compressedKey)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(signatures.Count, unsigned.Inputs.Count);
        return unsigned with
        {
            Inputs = [.. unsigned.Inputs.Zip(signatures, (input, signature) => input with { Witness = [Witness(signature), compressedKey] })],
        };
    }

    private static byte[] Witness(ReadOnlyMemory<byte> signature) => EcdsaSignature.FromCompact(signature.Span) is { IsInRange: true, IsLowS: true } valid
        ? DerSignature.Encode(valid, SighashType.All)
        : throw new ArgumentException("A signature is out of range or its s is in the upper half.", nameof(signature));
}
