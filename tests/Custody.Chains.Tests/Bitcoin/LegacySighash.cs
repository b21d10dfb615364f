using Custody.Chains.Bitcoin;

namespace Custody.Chains.Tests.Bitcoin;

/// <summary>
/// The digest before segregated witness, for Bitcoin Core's vectors. Nothing of ours signs it, so it is not in the codec.
/// </summary>
internal static class LegacySighash
{
    private const byte CodeSeparator = 0xab;
    private const byte PushData1 = 0x4c;
    private const byte PushData4 = 0x4e;

    public static byte[] Of(BitcoinTransaction transaction, int input, byte[] script, int hashType)
    {
        var outputs = hashType & 0x1f;
        var one = new byte[32];
        one[0] = 1;
        if (outputs == 3 && input >= transaction.Outputs.Count)
        {
            return one;
        }

        var inputs = transaction.Inputs.Select((t, i) => t with
        {
            Witness = [],
            ScriptSig = i == input ? WithoutSeparators(script) : default(ReadOnlyMemory<byte>),
            Sequence = i != input && outputs is 2 or 3 ? 0 : t.Sequence,
        }).ToList();
        var hashed = transaction with
        {
            Inputs = (hashType & 0x80) != 0 ? [inputs[input]] : inputs,
            Outputs = outputs switch
            {
                2 => [],
                3 => [.. Enumerable.Repeat(new TransactionOutput(-1, default), input), transaction.Outputs[input]],
                _ => transaction.Outputs,
            },
        };
        return Hashes.Sha256d([.. hashed.SerializeWithoutWitness(), .. BitConverter.GetBytes(hashType)]);
    }

    private static byte[] WithoutSeparators(byte[] script)
    {
        var kept = new List<byte>();
        for (var i = 0; i < script.Length;)
        {
            var length = LengthAt(script, i);
            if (script[i] != CodeSeparator)
            {
                kept.AddRange(script.Skip(i).Take(length));
            }

            i += length;
        }

        return [.. kept];
    }

    // The opcode with what it pushes; a push that is cut off reaches to the end.
    private static int LengthAt(byte[] script, int at)
    {
        var opcode = script[at];
        if (opcode is < PushData1 or > PushData4)
        {
            return opcode < PushData1 ? 1 + opcode : 1;
        }

        var size = 1 << (opcode - PushData1);
        var length = script.Skip(at + 1).Take(size).Reverse().Aggregate(0L, (value, digit) => (value << 8) | digit);
        return (int)Math.Min(script.Length, 1 + size + length);
    }
}
