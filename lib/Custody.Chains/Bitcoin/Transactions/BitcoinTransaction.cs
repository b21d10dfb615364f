namespace Custody.Chains.Bitcoin;

/// <summary>A transaction (BIP-144's two serialisations, BIP-141's sizes).</summary>
/// <param name="Version">The version; 2 for ours, which gives sequences their meaning (BIP-68).</param>
/// <param name="Inputs">What it spends.</param>
/// <param name="Outputs">What it pays.</param>
/// <param name="LockTime">The first block, or from 500,000,000 the first second, in which it may be mined.</param>
public sealed record BitcoinTransaction(
    int Version, IReadOnlyList<TransactionInput> Inputs, IReadOnlyList<TransactionOutput> Outputs, uint LockTime)
{
    internal const byte Marker = 0x00;
    internal const byte Flag = 0x01;
    private const int WitnessScale = 4;

    /// <summary>True when any input carries a witness.</summary>
    public bool HasWitness => Inputs.Any(i => i.Witness.Count > 0);

    /// <summary>The id: over everything but the witnesses.</summary>
    public TransactionId Id => new(Hashes.Sha256d(SerializeWithoutWitness()));

    /// <summary>The witness id (BIP-141): over everything.</summary>
    public TransactionId WitnessId => new(Hashes.Sha256d(Serialize()));

    /// <summary>Weight units (BIP-141): three times the size without witnesses, and the size with them.</summary>
    public int Weight => (BaseSize * (WitnessScale - 1)) + BaseSize + WitnessSize;

    /// <summary>Virtual bytes (BIP-141): a quarter of the weight, rounded up.</summary>
    public int VirtualSize => (Weight + WitnessScale - 1) / WitnessScale;

    private int BaseSize => 8 + ByteWriter.SizeOf((ulong)Inputs.Count) + ByteWriter.SizeOf((ulong)Outputs.Count)
        + Inputs.Sum(i => Outpoint.Length + 4 + ByteWriter.SizeOf((ulong)i.ScriptSig.Length) + i.ScriptSig.Length) + Outputs.Sum(o => o.Size);

    private int WitnessSize => !HasWitness ? 0
        : 2 + Inputs.Sum(i => ByteWriter.SizeOf((ulong)i.Witness.Count) + i.Witness.Sum(w => ByteWriter.SizeOf((ulong)w.Length) + w.Length));

    /// <summary>The bytes as the network carries them: with witnesses where there are any.</summary>
    public byte[] Serialize() => Write(HasWitness);

    /// <summary>The bytes without marker, flag and witnesses.</summary>
    public byte[] SerializeWithoutWitness() => Write(withWitness: false);

    private byte[] Write(bool withWitness)
    {
        var writer = new ByteWriter(BaseSize + (withWitness ? WitnessSize : 0));
        writer.UInt32(unchecked((uint)Version));
        if (withWitness)
        {
            writer.Byte(Marker);
            writer.Byte(Flag);
        }

        writer.CompactSize((ulong)Inputs.Count);
        foreach (var input in Inputs)
        {
            input.Outpoint.WriteTo(writer);
            writer.Text(input.ScriptSig.Span);
            writer.UInt32(input.Sequence);
        }

        writer.CompactSize((ulong)Outputs.Count);
        foreach (var output in Outputs)
        {
            output.WriteTo(writer);
        }

        foreach (var input in withWitness ? Inputs : [])
        {
            WitnessStack.WriteTo(writer, input.Witness);
        }

        writer.UInt32(LockTime);
        return writer.ToArray();
    }
}
