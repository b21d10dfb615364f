using System.Globalization;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Custody.Core.Encoding;

namespace Custody.Storage.Access;

/// <summary>A value as canonical JSON over as many columns as it needs: one column holds 64 KiB.</summary>
internal static class JsonColumns
{
    /// <summary>So many fit into a row with its keys.</summary>
    public const int Most = 16;

    // UTF-16, two bytes a character.
    private const int Characters = 31 * 1024;

    /// <summary>Writes the value; returns how many columns it took.</summary>
    public static int Write<T>(TableEntity row, string name, T value)
    {
        var text = Encoding.UTF8.GetString(CanonicalJson.Serialize(value));
        var columns = 0;
        for (var from = 0; from < text.Length; from += Characters)
        {
            row[Name(name, columns++)] = text.Substring(from, Math.Min(Characters, text.Length - from));
        }

        return columns;
    }

    /// <summary>Reads it. Throws <see cref="InvalidDataException"/> when somebody edited it into something else.</summary>
    public static T Read<T>(TableEntity row, string name)
    {
        try
        {
            var text = new StringBuilder();
            for (var column = 0; row.TryGetValue(Name(name, column), out var part); column++)
            {
                text.Append((string)part);
            }

            return CanonicalJson.Deserialize<T>(Encoding.UTF8.GetBytes(text.ToString()));
        }
        catch (Exception damaged) when (damaged is JsonException or InvalidCastException)
        {
            throw new InvalidDataException($"The row {row.RowKey} of {row.PartitionKey} is damaged in {name}.", damaged);
        }
    }

    private static string Name(string name, int column) => column == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}{column}");
}
