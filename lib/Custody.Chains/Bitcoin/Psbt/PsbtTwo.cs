using System.Buffers.Binary;

namespace Custody.Chains.Bitcoin;

/// <summary>The unsigned transaction in the fields of a version 2 PSBT (BIP-370).</summary>
internal static class PsbtTwo
{
    private const uint FinalSequence = 0xffffffff;

    public static Psbt Create(BitcoinTransaction transaction) => new(
        Psbt.Version2,
        new PsbtMap(
        [
            new(PsbtGlobal.TransactionVersion, Psbt.Number(unchecked((uint)transaction.Version))),
            new(PsbtGlobal.FallbackLockTime, Psbt.Number(transaction.LockTime)),
            new(PsbtGlobal.InputCount, Count(transaction.Inputs.Count)),
            new(PsbtGlobal.OutputCount, Count(transaction.Outputs.Count)),
            new(PsbtGlobal.Version, Psbt.Number(Psbt.Version2)),
        ]),
        [.. transaction.Inputs.Select(InputMap)],
        [.. transaction.Outputs.Select(OutputMap)]);

    public static BitcoinTransaction? Transaction(Psbt psbt) => PsbtLockTime.Of(psbt.Global, psbt.Inputs) is { } lockTime
        ? new BitcoinTransaction(
            unchecked((int)PsbtLockTime.Number(psbt.Global, PsbtGlobal.TransactionVersion)!.Value),
            [.. psbt.Inputs.Select(i => TransactionInput.Unsigned(OutpointOf(i), PsbtLockTime.Number(i, PsbtInput.Sequence) ?? FinalSequence))],
            [.. psbt.Outputs.Select(o => new TransactionOutput(
                BinaryPrimitives.ReadInt64LittleEndian(o.Find(PsbtOutput.Amount)!.Value.Span), o.Find(PsbtOutput.Script)!.Value))],
            lockTime)
        : null;

    public static Outpoint OutpointOf(PsbtMap input) =>
        new(new TransactionId(input.Find(PsbtInput.PreviousId)!.Value.Span), PsbtLockTime.Number(input, PsbtInput.OutputIndex)!.Value);

    private static PsbtMap InputMap(TransactionInput input)
    {
        var id = new byte[TransactionId.Length];
        input.Outpoint.TransactionId.CopyTo(id);
        return new PsbtMap(
        [
            new(PsbtInput.PreviousId, id),
            new(PsbtInput.OutputIndex, Psbt.Number(input.Outpoint.Index)),
            new(PsbtInput.Sequence, Psbt.Number(input.Sequence)),
        ]);
    }

    private static PsbtMap OutputMap(TransactionOutput output)
    {
        var amount = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(amount, output.Amount);
        return new PsbtMap([new(PsbtOutput.Amount, amount), new(PsbtOutput.Script, output.Script)]);
    }

    private static byte[] Count(int count)
    {
        var writer = new ByteWriter();
        writer.CompactSize((ulong)count);
        return writer.ToArray();
    }
}
