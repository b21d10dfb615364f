using System.Buffers.Binary;

namespace Custody.Chains.Bitcoin;

/// <summary>
/// A partially signed transaction (BIP-174, BIP-370). It carries claims from one machine to another: amounts and change are
/// taken from previous transactions and registered keys, never from its fields.
/// </summary>
/// <param name="Version">0 or 2.</param>
/// <param name="Global">The global map.</param>
/// <param name="Inputs">A map for each input.</param>
/// <param name="Outputs">A map for each output.</param>
public sealed record Psbt(int Version, PsbtMap Global, IReadOnlyList<PsbtMap> Inputs, IReadOnlyList<PsbtMap> Outputs)
{
    /// <summary>BIP-174's version.</summary>
    public const int Version0 = 0;

    /// <summary>BIP-370's version.</summary>
    public const int Version2 = 2;

    internal static ReadOnlySpan<byte> Magic => [0x70, 0x73, 0x62, 0x74, 0xff];

    /// <summary>The PSBT of an unsigned transaction, with nothing known of its inputs (BIP-174's creator, BIP-370's constructor).</summary>
    public static Psbt Create(BitcoinTransaction transaction, int version)
    {
        if (transaction.HasWitness || transaction.Inputs.Any(i => !i.ScriptSig.IsEmpty))
        {
            throw new ArgumentException("A PSBT is made of an unsigned transaction.", nameof(transaction));
        }

        return version switch
        {
            Version0 => new Psbt(
                Version0,
                new PsbtMap([new(PsbtGlobal.UnsignedTransaction, transaction.SerializeWithoutWitness())]),
                [.. transaction.Inputs.Select(_ => PsbtMap.Empty)],
                [.. transaction.Outputs.Select(_ => PsbtMap.Empty)]),
            Version2 => PsbtTwo.Create(transaction),
            _ => throw new ArgumentOutOfRangeException(nameof(version)),
        };
    }

    /// <summary>The unsigned transaction; null when the inputs' demands on the lock time cannot be met together (BIP-370).</summary>
    public BitcoinTransaction? Transaction() => Version == Version2
        ? PsbtTwo.Transaction(this)
        : ((TransactionReading.Read)TransactionParser.ParseWithoutWitness(Global.Find(PsbtGlobal.UnsignedTransaction)!.Value)).Transaction;

    /// <summary>What an input spends.</summary>
    public Outpoint OutpointOf(int input) => Version == Version2 ? PsbtTwo.OutpointOf(Inputs[input]) : Transaction()!.Inputs[input].Outpoint;

    /// <summary>
    /// The output that an input spends, proved by the previous transaction where the PSBT has it, and otherwise the claim of
    /// the witness field; null when it has neither.
    /// </summary>
    public TransactionOutput? SpentOutput(int input)
    {
        if (PreviousOf(input) is { } previous)
        {
            return previous.Outputs[(int)OutpointOf(input).Index];
        }

        if (Inputs[input].Find(PsbtInput.WitnessUtxo) is not { } claim)
        {
            return null;
        }

        var reader = new ByteReader(claim);
        return TransactionOutput.ReadFrom(ref reader);
    }

    /// <summary>The PSBT with another map for an input.</summary>
    public Psbt WithInput(int input, PsbtMap map) => this with { Inputs = [.. Inputs.Select((m, i) => i == input ? map : m)] };

    /// <summary>The PSBT with another map for an output.</summary>
    public Psbt WithOutput(int output, PsbtMap map) => this with { Outputs = [.. Outputs.Select((m, i) => i == output ? map : m)] };

    /// <summary>The binary form.</summary>
    public byte[] Serialize()
    {
        var writer = new ByteWriter(1024);
        writer.Bytes(Magic);
        Global.WriteTo(writer);
        foreach (var map in Inputs.Concat(Outputs))
        {
            map.WriteTo(writer);
        }

        return writer.ToArray();
    }

    /// <summary>The base64 form.</summary>
    public string ToBase64() => Convert.ToBase64String(Serialize());

    internal bool HasConsistentPrevious()
    {
        var unsigned = Version == Version2 ? null : Transaction();
        for (var i = 0; i < Inputs.Count; i++)
        {
            var outpoint = unsigned is null ? PsbtTwo.OutpointOf(Inputs[i]) : unsigned.Inputs[i].Outpoint;
            if (PreviousOf(i) is { } previous && (previous.Id != outpoint.TransactionId || outpoint.Index >= (uint)previous.Outputs.Count))
            {
                return false;
            }
        }

        return true;
    }

    internal static byte[] Number(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    private BitcoinTransaction? PreviousOf(int input) => Inputs[input].Find(PsbtInput.NonWitnessUtxo) is { } bytes
        ? ((TransactionReading.Read)TransactionParser.Parse(bytes)).Transaction
        : null;
}
