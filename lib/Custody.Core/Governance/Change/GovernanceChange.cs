using System.Text.RegularExpressions;

namespace Custody.Core.Governance.Change;

/// <summary>One difference between two governance documents.</summary>
/// <param name="Path">Where, such as <c>clients[exchange-a].keys[key-1]</c>.</param>
/// <param name="Kind">What happened there.</param>
/// <param name="Before">The value before, canonical JSON; null when it was not there.</param>
/// <param name="After">The value after; null when it is no longer there.</param>
/// <param name="Direction">Which way it goes.</param>
public sealed partial record GovernanceChange(string Path, ChangeKind Kind, string? Before, string? After, ChangeDirection Direction)
{
    /// <summary>The path without the ids in it, such as <c>clients[].keys[]</c>: what the classifier knows changes by.</summary>
    public string Pattern => Keys().Replace(Path, "[]");

    /// <summary>The change as a sentence for people.</summary>
    public override string ToString()
    {
        var (what, effect) = (Words(Path), Direction == ChangeDirection.Tightens ? "tightens" : "weakens");
        return Kind switch
        {
            ChangeKind.Added => $"{what} is added: {Short(After)} ({effect})",
            ChangeKind.Removed => $"{what} is removed; it was {Short(Before)} ({effect})",
            ChangeKind.Moved => $"{what} moves to another place in the order ({effect})",
            _ => $"{what} goes from {Short(Before)} to {Short(After)} ({effect})",
        };
    }

    private static string Words(string path) => string.Join(
        ", ", Dots().Split(path).Select(part => Name().Match(part) is { Groups: [_, { Value: var name }, { Value: var key }] }
            ? key.Length == 0 ? Spaced(name) : $"{Spaced(name)} '{key}'"
            : part));

    private static string Spaced(string camel) => Humps().Replace(camel, m => $" {char.ToLowerInvariant(m.Value[0])}");

    private static string Short(string? json) => json switch
    {
        null => "nothing",
        { Length: > 120 } => $"{json[..117]}…",
        _ => json,
    };

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Keys();

    [GeneratedRegex(@"^([^\[]+)(?:\[([^\]]*)\])?$")]
    private static partial Regex Name();

    // What an element is known by may hold dots: an IP range, a version.
    [GeneratedRegex(@"\.(?![^\[]*\])")]
    private static partial Regex Dots();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Humps();
}
