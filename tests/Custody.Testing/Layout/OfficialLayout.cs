using Azure.Data.Tables;

namespace Custody.Testing.Layout;

/// <summary>Compares rows with the columns and types that the official provider writes (official-layout.txt).</summary>
public static class OfficialLayout
{
    /// <summary>The design's exceptions: what this engine writes and the official one does not.</summary>
    private static readonly Dictionary<string, string> Exceptions = new() { ["History TaskScheduled"] = "Input" };

    private static readonly string[] Keys = ["PartitionKey", "RowKey", "Timestamp", "odata.etag"];

    private static readonly Dictionary<string, Dictionary<string, string>> Kinds = File
        .ReadAllLines(RepositoryRoot.Of("tests", "Custody.Testing", "Layout", "official-layout.txt"))
        .Where(line => !line.StartsWith('#'))
        .Select(line => line.Split(": ", 2))
        .ToDictionary(parts => parts[0], parts => parts[1].Split(", ").Select(column => column.Split(':')).ToDictionary(c => c[0], c => c[1]));

    /// <summary>What a row of that kind has that the official one has not, and the other way round; one sentence each.</summary>
    public static IReadOnlyList<string> Differences(string kind, TableEntity row)
    {
        var official = Kinds[kind];
        var own = row.Keys.Except(Keys).Where(column => Exceptions.GetValueOrDefault(kind) != column).ToList();
        var differences = own
            .Select(column => !official.TryGetValue(column, out var type) ? $"{column} is not official"
                : row[column].GetType().Name is var actual && actual != type.TrimEnd('?') ? $"{column} is {actual}, not {type}" : null)
            .OfType<string>();
        var missing = official.Where(column => !column.Value.EndsWith('?') && !own.Contains(column.Key)).Select(column => $"{column.Key} is missing");
        return [.. differences, .. missing];
    }
}
