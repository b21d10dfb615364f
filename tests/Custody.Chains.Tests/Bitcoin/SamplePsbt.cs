using Custody.Chains.Bitcoin;
using Custody.TestKeys;

namespace Custody.Chains.Tests.Bitcoin;

/// <summary>PSBTs of our own spends, with fields of every sort.</summary>
internal static class SamplePsbt
{
    public static readonly byte[] Key = Compressed(TestKey.Eip155);
    public static readonly byte[] Script = LockingScript.WitnessPublicKeyHash(Key);

    public static byte[] Compressed(TestKey key) => [(byte)(2 + (key.PublicKey[^1] & 1)), .. key.PublicKey.AsSpan(1, 32)];

    public static BitcoinTransaction Previous(Random random, int outputs) => RandomTransaction.From(random) with
    {
        Outputs = [.. Enumerable.Range(0, outputs).Select(_ => new TransactionOutput(random.NextInt64(100_000, 1_000_000), Script))],
    };

    public static Psbt Of(Random random, int version)
    {
        var previous = Previous(random, 2);
        var transaction = new BitcoinTransaction(
            2,
            [TransactionInput.Unsigned(new Outpoint(previous.Id, 1)), TransactionInput.Unsigned(new Outpoint(previous.Id, 0))],
            [new TransactionOutput(90_000, Script)],
            (uint)random.Next(900_000));
        return Psbt.Create(transaction, version)
            .WithInput(0, Update(Psbt.Create(transaction, version).Inputs[0], previous, 1))
            .WithInput(1, Update(Psbt.Create(transaction, version).Inputs[1], previous, 0).With(new PsbtField(0x7f, RandomTransaction.Bytes(random, 20), RandomTransaction.Bytes(random, 20))))
            .WithOutput(0, Psbt.Create(transaction, version).Outputs[0].With(new PsbtField(PsbtGlobal.Proprietary, new byte[] { 2, 1, 1, 7 }, new byte[] { 9 })));
    }

    public static PsbtMap Update(PsbtMap map, BitcoinTransaction previous, int index) => map
        .With(new PsbtField(PsbtInput.NonWitnessUtxo, previous.Serialize()))
        .With(new PsbtField(PsbtInput.WitnessUtxo, OutputBytes(previous.Outputs[index])))
        .With(new PsbtField(PsbtInput.Derivation, Key, new byte[] { 1, 2, 3, 4, 0, 0, 0, 0x80 }));

    public static byte[] OutputBytes(TransactionOutput output) => [.. BitConverter.GetBytes(output.Amount), (byte)output.Script.Length, .. output.Script.Span];
}
