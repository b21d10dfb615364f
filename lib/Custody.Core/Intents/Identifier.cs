namespace Custody.Core.Intents;

/// <summary>Identifiers that callers choose; they become table keys, so their alphabet is small.</summary>
public static class Identifier
{
    /// <summary>The form, for messages.</summary>
    public const string Form = "1 to 64 of the characters A–Z a–z 0–9 . _ -";

    /// <summary>True for a well-formed identifier.</summary>
    public static bool IsValid(string? value) =>
        value is { Length: >= 1 and <= 64 } && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}
