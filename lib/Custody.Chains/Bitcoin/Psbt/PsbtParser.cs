using System.Buffers.Text;

namespace Custody.Chains.Bitcoin;

/// <summary>
/// Reads PSBTs of version 0 (BIP-174) and 2 (BIP-370) strictly: what is known must be of its form and belong to the version,
/// what is not known is kept.
/// </summary>
public static class PsbtParser
{
    /// <summary>Reads the base64 form.</summary>
    public static PsbtReading ParseBase64(string text) => Base64.IsValid(text) && !text.Any(char.IsWhiteSpace)
        ? Parse(Convert.FromBase64String(text))
        : Malformed("the text is not base64");

    /// <summary>Reads the binary form. Never throws on bad bytes.</summary>
    public static PsbtReading Parse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        reader.Require(reader.Bytes(Psbt.Magic.Length, "the magic").Span.SequenceEqual(Psbt.Magic), "the magic bytes are not there");
        var global = PsbtMap.ReadFrom(ref reader, "the global map");
        var version = (int)Math.Min(PsbtLockTime.Number(global, PsbtGlobal.Version) ?? 0, int.MaxValue);
        reader.Require(version is Psbt.Version0 or Psbt.Version2, $"version {version} is not known");
        Judge(ref reader, PsbtRules.Problem(global, version, PsbtRules.Global, "the global map"));
        var (inputs, outputs) = reader.Fault is null ? Counts(global, version) : (0, 0);
        var inputMaps = ReadMaps(ref reader, inputs, version, PsbtRules.Input, "an input map");
        var outputMaps = ReadMaps(ref reader, outputs, version, PsbtRules.Output, "an output map");
        reader.End("the last map");
        if (reader.Fault is { } fault)
        {
            return Malformed(fault);
        }

        var psbt = new Psbt(version, global, inputMaps, outputMaps);
        return psbt.HasConsistentPrevious()
            ? new PsbtReading.Read(psbt)
            : Malformed("an input's previous transaction is not the one that it names");
    }

    private static PsbtMap[] ReadMaps(ref ByteReader reader, ulong count, int version, IReadOnlyDictionary<ulong, PsbtFieldRule> rules, string name)
    {
        // A map has at least the byte that ends it.
        reader.Require(count <= (ulong)reader.Left, "there are fewer bytes than maps");
        var maps = new PsbtMap[reader.Fault is null ? count : 0];
        for (var i = 0; i < maps.Length; i++)
        {
            maps[i] = PsbtMap.ReadFrom(ref reader, name);
            Judge(ref reader, reader.Fault is null ? PsbtRules.Problem(maps[i], version, rules, name) : null);
        }

        return maps;
    }

    private static (ulong Inputs, ulong Outputs) Counts(PsbtMap global, int version)
    {
        if (version == Psbt.Version2)
        {
            return (Number(global, PsbtGlobal.InputCount), Number(global, PsbtGlobal.OutputCount));
        }

        var transaction = ((TransactionReading.Read)TransactionParser.ParseWithoutWitness(global.Find(PsbtGlobal.UnsignedTransaction)!.Value)).Transaction;
        return ((ulong)transaction.Inputs.Count, (ulong)transaction.Outputs.Count);
    }

    private static ulong Number(PsbtMap map, ulong type) => new ByteReader(map.Find(type)!.Value).CompactSize("a count");

    private static void Judge(ref ByteReader reader, string? problem) => reader.Require(problem is null, problem ?? "");

    private static PsbtReading.Malformed Malformed(string fault) => new($"The bytes are not a PSBT: {fault}.");
}
