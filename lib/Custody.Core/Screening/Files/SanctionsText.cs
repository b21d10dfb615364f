using System.Globalization;

namespace Custody.Core.Screening.Files;

/// <summary>
/// The simple text form: header lines with <c>#</c>, among them <c># source:</c> and <c># published:</c>, then an address on
/// each line, which tabs may follow with its currency, entry and party.
/// </summary>
internal static class SanctionsText
{
    private const int MaxLine = 1024;

    /// <summary>Reads the lines. The header must name the very source that the reader asked for.</summary>
    public static SanctionsDraft Read(TextReader text, string source)
    {
        string? named = null;
        DateTimeOffset? publishedAt = null;
        var entries = new List<SanctionsEntry>();
        for (var number = 1; text.ReadLine() is { } line; number++)
        {
            if (line.Length > MaxLine)
            {
                throw new SanctionsFileException($"Line {number} is longer than {MaxLine} characters.");
            }

            if (line.StartsWith('#'))
            {
                named = Header(line, "source") ?? named;
                publishedAt = Header(line, "published") is { } date ? Date(date) : publishedAt;
            }
            else if (!string.IsNullOrWhiteSpace(line))
            {
                var parts = line.Split('\t');
                entries.Add(SanctionsDraft.Entry(parts[0], Part(parts, 1, "unknown"), Part(parts, 2, $"line-{number}"), Part(parts, 3, "")));
            }
        }

        return named != source ? throw new SanctionsFileException($"Its header '# source:' says '{Reading.SafeText.Of(named ?? "")}', and '{source}' was asked for.")
            : new SanctionsDraft(publishedAt ?? throw new SanctionsFileException("It has no header '# published:'."), entries);
    }

    private static string Part(string[] parts, int index, string otherwise) => parts.Length > index && parts[index].Trim() is { Length: > 0 } text ? text : otherwise;

    private static string? Header(string line, string name)
    {
        var text = line[1..].Trim();
        return text.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase) ? text[(name.Length + 1)..].Trim() : null;
    }

    private static DateTimeOffset Date(string text) =>
        DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ssZ"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date)
            ? date
            : throw new SanctionsFileException("Its header '# published:' is not a date such as 2026-01-31 or 2026-01-31T12:00:00Z.");
}
