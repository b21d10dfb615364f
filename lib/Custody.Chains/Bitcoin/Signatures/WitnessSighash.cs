namespace Custody.Chains.Bitcoin;

/// <summary>
/// The digests of BIP-143, for inputs with witness version 0. The amount is part of it, so a signature over a wrong amount
/// is no signature; what all inputs share is hashed once.
/// </summary>
/// <param name="transaction">The transaction that is signed; its witnesses do not matter.</param>
public sealed class WitnessSighash(BitcoinTransaction transaction)
{
    private static readonly byte[] Nothing = new byte[32];
    private readonly Lazy<byte[]> _outpoints = new(() => HashOf(writer =>
    {
        foreach (var input in transaction.Inputs)
        {
            input.Outpoint.WriteTo(writer);
        }
    }));

    private readonly Lazy<byte[]> _sequences = new(() => HashOf(writer =>
    {
        foreach (var input in transaction.Inputs)
        {
            writer.UInt32(input.Sequence);
        }
    }));

    private readonly Lazy<byte[]> _outputs = new(() => HashOf(writer =>
    {
        foreach (var output in transaction.Outputs)
        {
            output.WriteTo(writer);
        }
    }));

    /// <summary>The digest of an input that spends a P2WPKH output, for signing: every input, every output.</summary>
    /// <param name="input">The input's index.</param>
    /// <param name="spent">The output that it spends; throws when that is no P2WPKH output.</param>
    public byte[] OfKeyHash(int input, TransactionOutput spent) => ScriptForm.Of(spent.Script) is { Kind: ScriptKind.WitnessPublicKeyHash } form
        ? Of(input, LockingScript.PublicKeyHash(form.Program.Span), spent.Amount, SighashType.All)
        : throw new ArgumentException("The output that is spent is not P2WPKH.", nameof(spent));

    /// <summary>The digest of any input of witness version 0.</summary>
    /// <param name="input">The input's index.</param>
    /// <param name="scriptCode">The script that is executed.</param>
    /// <param name="amount">What the spent output holds, satoshi.</param>
    /// <param name="hashType">A <see cref="SighashType"/>.</param>
    public byte[] Of(int input, ReadOnlySpan<byte> scriptCode, long amount, uint hashType)
    {
        var outputs = hashType & SighashType.OutputMask;
        var anyoneCanPay = (hashType & SighashType.AnyoneCanPay) != 0;
        var all = outputs is not (SighashType.None or SighashType.Single);
        var spending = transaction.Inputs[input];
        var writer = new ByteWriter(256);
        writer.UInt32(unchecked((uint)transaction.Version));
        writer.Bytes(anyoneCanPay ? Nothing : _outpoints.Value);
        writer.Bytes(!anyoneCanPay && all ? _sequences.Value : Nothing);
        spending.Outpoint.WriteTo(writer);
        writer.Text(scriptCode);
        writer.Int64(amount);
        writer.UInt32(spending.Sequence);
        writer.Bytes(all ? _outputs.Value
            : outputs == SighashType.Single && input < transaction.Outputs.Count ? HashOf(transaction.Outputs[input].WriteTo)
            : Nothing);
        writer.UInt32(transaction.LockTime);
        writer.UInt32(hashType);
        return Hashes.Sha256d(writer.Written);
    }

    private static byte[] HashOf(Action<ByteWriter> write)
    {
        var writer = new ByteWriter();
        write(writer);
        return Hashes.Sha256d(writer.Written);
    }
}
