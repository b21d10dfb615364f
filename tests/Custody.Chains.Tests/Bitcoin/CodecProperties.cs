using Custody.Chains.Bitcoin;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Custody.Chains.Tests.Bitcoin;

public sealed class CodecProperties
{
    [Property(MaxTest = 500)]
    public Property Parse_SerialisedTransaction_GivesItBack() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var transaction = RandomTransaction.From(new Random(seed));
        var bytes = transaction.Serialize();
        return TransactionParser.Parse(bytes) is TransactionReading.Read read
            && read.Transaction.Serialize().AsSpan().SequenceEqual(bytes)
            && read.Transaction.SerializeWithoutWitness().AsSpan().SequenceEqual(transaction.SerializeWithoutWitness())
            && (read.Transaction.Id, read.Transaction.WitnessId) == (transaction.Id, transaction.WitnessId)
            && transaction.Weight == (3 * transaction.SerializeWithoutWitness().Length) + bytes.Length;
    });

    // Two encodings of one transaction would be two things under one approval.
    [Property(MaxTest = 3000)]
    public Property Parse_MutatedTransaction_IsRefusedOrSerialisesToTheMutation() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var mutated = Mutation.Of(RandomTransaction.From(random).Serialize(), random);
        return TransactionParser.Parse(mutated) is not TransactionReading.Read read || read.Transaction.Serialize().AsSpan().SequenceEqual(mutated);
    });

    [Property(MaxTest = 3000)]
    public Property Parse_MutatedPsbt_IsRefusedOrSerialisesToTheMutation() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var mutated = Mutation.Of(SamplePsbt.Of(random, random.Next(2) * 2).Serialize(), random);
        return PsbtParser.Parse(mutated) is not PsbtReading.Read read || read.Psbt.Serialize().AsSpan().SequenceEqual(mutated);
    });

    [Property(MaxTest = 1000)]
    public bool Parse_AnyBytes_NeverThrows(byte[] bytes)
    {
        byte[] psbt = [0x70, 0x73, 0x62, 0x74, 0xff, .. bytes];
        return TransactionParser.Parse(bytes) is not null && TransactionParser.ParseWithoutWitness(bytes) is not null && PsbtParser.Parse(psbt) is not null;
    }
}
