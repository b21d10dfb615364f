namespace Custody.Core.Screening.Files;

/// <summary>How OFAC names digital currency addresses in both of its XML files: <c>Digital Currency Address - XBT</c>.</summary>
internal static class CurrencyFeature
{
    private const string Prefix = "Digital Currency Address";

    /// <summary>The currency that a feature or identification type names; null when it is of another kind. Unknown currencies count.</summary>
    public static string? AssetOf(string? name)
    {
        var text = name?.Trim() ?? "";
        return !text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? null
            : text[Prefix.Length..].Trim(' ', '-', '–') is { Length: > 0 } asset ? asset : "unknown";
    }
}
