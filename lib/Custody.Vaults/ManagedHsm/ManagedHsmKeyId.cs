using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Custody.Vaults.ManagedHsm;

/// <summary>
/// A key's identifier with its version, as the HSM prints it in <c>kid</c>: https://custody.managedhsm.azure.net/keys/hot-eth/
/// and 32 hex digits. Without the version the newest one would sign, which is another key.
/// </summary>
internal sealed partial class ManagedHsmKeyId
{
    private ManagedHsmKeyId(string text, string path)
    {
        Text = text;
        Path = path;
        Uri = new Uri(text);
    }

    /// <summary>The identifier.</summary>
    public string Text { get; }

    /// <summary>/keys/NAME/VERSION.</summary>
    public string Path { get; }

    /// <summary>The identifier as a URL.</summary>
    public Uri Uri { get; }

    /// <summary>Reads one of this HSM's identifiers; says what is wrong with any other.</summary>
    public static bool TryParse(string text, Uri hsm, [NotNullWhen(true)] out ManagedHsmKeyId? id, [NotNullWhen(false)] out string? refusal)
    {
        id = null;
        var root = hsm.GetLeftPart(UriPartial.Authority);
        if (!text.StartsWith($"{root}/keys/", StringComparison.Ordinal))
        {
            refusal = $"'{text}' is not a key of {root}";
            return false;
        }

        var path = text[root.Length..];
        if (!Versioned().IsMatch(path))
        {
            refusal = $"'{text}' does not pin a key's version: it must end in /keys/NAME/VERSION with 32 hex digits";
            return false;
        }

        id = new ManagedHsmKeyId(text, path);
        refusal = null;
        return true;
    }

    /// <summary>True if the HSM's <c>kid</c> is this key. Managed HSM has been seen to print its default port into it.</summary>
    public bool Is(string? kid) => Uri.TryCreate(kid, UriKind.Absolute, out var other) && other == Uri;

    /// <inheritdoc />
    public override string ToString() => Text;

    [GeneratedRegex(@"\A/keys/[0-9a-zA-Z-]{1,127}/[0-9a-f]{32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Versioned();
}
