namespace Custody.Chains.Bitcoin;

/// <summary>
/// The size of our spends before they are signed: every input P2WPKH with a signature of 72 bytes, the longest with low s. A
/// shorter r makes a signed one smaller by a weight unit or two; planned and approved sizes do not depend on that.
/// </summary>
public static class SpendSize
{
    /// <summary>An input: 41 bytes, and a witness of 108 at a quarter; 272 weight units are exactly this.</summary>
    public const int Input = 68;

    /// <summary>An output to a P2WPKH script, such as our change.</summary>
    public const int ChangeOutput = 31;

    private const int InputWeight = Input * 4;
    private const int MarkerAndFlag = 2;

    /// <summary>The virtual size of a spend.</summary>
    /// <param name="inputs">How many inputs.</param>
    /// <param name="outputs">Every output, change included.</param>
    public static int Of(int inputs, IReadOnlyCollection<TransactionOutput> outputs) => Of(inputs, outputs.Count, outputs.Sum(o => o.Size));

    internal static int Of(int inputs, int outputs, int outputBytes)
    {
        var plain = 8 + ByteWriter.SizeOf((ulong)inputs) + ByteWriter.SizeOf((ulong)outputs) + outputBytes;
        return ((plain * 4) + MarkerAndFlag + (inputs * InputWeight) + 3) / 4;
    }
}
