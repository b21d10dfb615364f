namespace Custody.Chains.Bitcoin;

/// <summary>One of a PSBT's maps, its fields in the order in which they were written, unknown ones included (BIP-174).</summary>
/// <param name="Fields">The fields; no two have the same key.</param>
public sealed record PsbtMap(IReadOnlyList<PsbtField> Fields)
{
    /// <summary>A map without fields.</summary>
    public static PsbtMap Empty { get; } = new([]);

    /// <summary>The value of the field whose key is its type alone; null when there is none.</summary>
    public ReadOnlyMemory<byte>? Find(ulong type) => Fields.FirstOrDefault(f => f.Type == type && f.KeyData.IsEmpty)?.Value;

    /// <summary>Every field of a type.</summary>
    public IEnumerable<PsbtField> All(ulong type) => Fields.Where(f => f.Type == type);

    /// <summary>The map with a field, in the place of the one with the same key where there is one.</summary>
    public PsbtMap With(PsbtField field) => Fields.Any(field.HasKeyOf)
        ? new PsbtMap([.. Fields.Select(f => f.HasKeyOf(field) ? field : f)])
        : new PsbtMap([.. Fields, field]);

    /// <summary>The map without the fields of some types.</summary>
    public PsbtMap Without(params IReadOnlyCollection<ulong> types) => new([.. Fields.Where(f => !types.Contains(f.Type))]);

    internal static PsbtMap ReadFrom(ref ByteReader reader, string map)
    {
        var fields = new List<PsbtField>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Fault is null)
        {
            var key = reader.Text($"a key of {map}");
            if (key.IsEmpty)
            {
                break;
            }

            var keyReader = new ByteReader(key);
            var type = keyReader.CompactSize($"a key type of {map}");
            reader.Require(keyReader.Fault is null, keyReader.Fault ?? "");
            var value = reader.Text($"a value of {map}");
            reader.Require(keys.Add(Convert.ToHexStringLower(key.Span)), $"{map} has a key twice");
            if (reader.Fault is null)
            {
                fields.Add(new PsbtField(type, key[keyReader.Position..], value));
            }
        }

        return new PsbtMap(fields);
    }

    internal void WriteTo(ByteWriter writer)
    {
        foreach (var field in Fields)
        {
            field.WriteTo(writer);
        }

        writer.Byte(0);
    }
}
