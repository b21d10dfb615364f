namespace Custody.Functions.Tests.Telemetry;

/// <summary>Reads the spans that the console exporter printed.</summary>
internal static class Spans
{
    /// <summary>Every span's name with its trace and parent, in the order printed.</summary>
    public static IReadOnlyList<(string Name, string Trace)> Read(IEnumerable<string> lines)
    {
        var spans = new List<(string, string)>();
        var trace = "";
        foreach (var line in lines)
        {
            if (Value(line, "Activity.TraceId:") is { } id)
            {
                trace = id;
            }
            else if (Value(line, "Activity.DisplayName:") is { } name)
            {
                spans.Add((name, trace));
            }
        }

        return spans;
    }

    private static string? Value(string line, string label) =>
        line.StartsWith(label, StringComparison.Ordinal) ? line[label.Length..].Trim() : null;
}
