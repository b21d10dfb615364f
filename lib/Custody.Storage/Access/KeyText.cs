using System.Globalization;
using System.Text;

namespace Custody.Storage.Access;

/// <summary>
/// Turns any text into one that is safe as a table key, a blob name's segment and a file name. Different texts stay
/// different: the escape <c>~</c> and the separator <c>.</c> never stand for themselves.
/// </summary>
internal static class KeyText
{
    public static string Encode(string text)
    {
        if (text.Length > 0 && text.All(IsPlain))
        {
            return text;
        }

        var result = new StringBuilder();
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            _ = IsPlain((char)value) ? result.Append((char)value) : result.Append('~').Append(value.ToString("X2", CultureInfo.InvariantCulture));
        }

        // An empty part is written so too: a key that begins or ends with nothing is easily overlooked.
        return result.Length == 0 ? "~" : result.ToString();
    }

    public static string Join(params ReadOnlySpan<string> parts)
    {
        var encoded = new string[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            encoded[i] = Encode(parts[i]);
        }

        return string.Join('.', encoded);
    }

    /// <summary>A key part that sorts the newest first.</summary>
    public static string NewestFirst(DateTimeOffset at) => (long.MaxValue - at.UtcTicks).ToString("D19", CultureInfo.InvariantCulture);

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';
}
