using System.Globalization;
using System.Text;

namespace Custody.Core.Reading;

/// <summary>
/// Text of others made safe to show: a label that moves the cursor, hides what follows or turns the reading direction could
/// make an approver read another address than the one that is signed.
/// </summary>
public static class SafeText
{
    /// <summary>The text with every character that draws nothing, or is not assigned, written as its code point.</summary>
    public static string Of(string? text)
    {
        var safe = new StringBuilder();
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            _ = IsPlain(rune) ? safe.Append(rune) : safe.Append(CultureInfo.InvariantCulture, $"<U+{rune.Value:X4}>");
        }

        return safe.ToString();
    }

    private static bool IsPlain(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator);
}
