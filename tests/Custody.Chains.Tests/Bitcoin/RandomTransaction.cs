using Custody.Chains.Bitcoin;

namespace Custody.Chains.Tests.Bitcoin;

/// <summary>Transactions of every shape: few and many inputs and outputs, short and long scripts, with witnesses and without.</summary>
internal static class RandomTransaction
{
    public static BitcoinTransaction From(Random random)
    {
        var hasWitness = random.Next(4) > 0;
        return new BitcoinTransaction(
            random.Next(1, 4),
            [.. Enumerable.Range(0, Count(random)).Select(_ => Input(random, hasWitness))],
            [.. Enumerable.Range(0, Count(random)).Select(_ => new TransactionOutput(random.NextInt64(Satoshi.Most), Script(random)))],
            (uint)random.NextInt64(1L << 32));
    }

    public static byte[] Bytes(Random random, int most)
    {
        var bytes = new byte[random.Next(most)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static TransactionInput Input(Random random, bool hasWitness)
    {
        var id = new byte[TransactionId.Length];
        random.NextBytes(id);
        return new TransactionInput(
            new Outpoint(new TransactionId(id), (uint)random.Next(2000)),
            random.Next(3) == 0 ? Bytes(random, 120) : default(ReadOnlyMemory<byte>),
            (uint)random.NextInt64(1L << 32),
            hasWitness && random.Next(5) > 0 ? [.. Enumerable.Range(0, random.Next(5)).Select(_ => (ReadOnlyMemory<byte>)Bytes(random, 90))] : []);
    }

    private static byte[] Script(Random random) => random.Next(50) == 0 ? Bytes(random, 700) : Bytes(random, 45);

    // Beyond 252 the count itself takes three bytes.
    private static int Count(Random random) => random.Next(200) == 0 ? random.Next(250, 260) : random.Next(1, 6);
}
