using System.Text;

namespace Custody.Core.Whitelisting;

/// <summary>
/// A file of destinations as a client imports it: comma-separated values (RFC 4180) in UTF-8 whose first line is
/// <see cref="Header"/>. One wrong line says so and spoils no other; a wrong header or encoding spoils the file.
/// </summary>
public static class ImportFile
{
    /// <summary>The first line.</summary>
    public const string Header = "entry,customer,chain,address,label";

    /// <summary>The most lines in one file.</summary>
    public const int MostLines = 5_000;

    private const int Fields = 5;

    /// <summary>Reads a file; null with a <paramref name="problem"/> when it is none.</summary>
    public static IReadOnlyList<ImportLine>? Read(ReadOnlySpan<byte> bytes, out string problem)
    {
        string text;
        try
        {
            text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            problem = "The file is not UTF-8.";
            return null;
        }

        var records = Records(text);
        problem = records.Count == 0 || string.Join(',', records[0].Fields) != Header ? $"The first line must be {Header}."
            : records.Count - 1 > MostLines ? $"The file has more than {MostLines} lines."
            : "";
        return problem.Length > 0 ? null : [.. records.Skip(1).Select(r => Line(r.Number, r.Fields))];
    }

    private static ImportLine Line(int number, IReadOnlyList<string> fields) => fields.Count == Fields
        ? new ImportLine(number, fields[0], fields[1], fields[2], fields[3], fields[4], null)
        : new ImportLine(number, "", "", "", "", "", $"The line has {fields.Count} fields where {Fields} are expected.");

    private static List<(int Number, IReadOnlyList<string> Fields)> Records(string text)
    {
        var records = new List<(int, IReadOnlyList<string>)>();
        var fields = new List<string>();
        var field = new StringBuilder();
        var (quoted, line, begin) = (false, 1, 1);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            line += c == '\n' ? 1 : 0;
            if (quoted)
            {
                if (c != '"')
                {
                    field.Append(c);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    field.Append('"');
                    i++;
                }
                else
                {
                    quoted = false;
                }
            }
            else if (c == '"' && field.Length == 0)
            {
                quoted = true;
            }
            else if (c == ',')
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else if (c == '\n')
            {
                End();
            }
            else if (c != '\r' || i + 1 >= text.Length || text[i + 1] != '\n')
            {
                field.Append(c);
            }
        }

        End();
        return records;

        void End()
        {
            if (fields.Count > 0 || field.Length > 0)
            {
                records.Add((begin, [.. fields, field.ToString()]));
            }

            fields.Clear();
            field.Clear();
            begin = line;
        }
    }
}
