using System.Text.Json.Nodes;
using Custody.Cli.Terminal;
using Custody.Core.Governance;
using Custody.Core.Governance.Change;
using Custody.Core.Reading;
using Spectre.Console;

namespace Custody.Cli.Governing;

/// <summary>What a governance document changes, for people and for scripts.</summary>
internal static class DiffPage
{
    public static JsonArray Sentences(ChangeSet changes) => [.. changes.Changes.Select(c => (JsonNode)c.ToString())];

    public static JsonObject Document(GovernanceDocument document, ChangeSet changes) => new()
    {
        ["version"] = document.Version,
        ["digest"] = document.Digest(),
        ["direction"] = Word(changes),
        ["changes"] = Sentences(changes),
    };

    public static void Paint(IAnsiConsole console, GovernanceDocument document, ChangeSet changes)
    {
        console.MarkupLine(Theme.Strong($"Governance version {document.Version} {Word(changes)}"));
        foreach (var change in changes.Changes)
        {
            console.MarkupLine($"  {(change.Direction == ChangeDirection.Tightens ? "−" : "+")} {Theme.Text(SafeText.Of(change.ToString()))}");
        }

        Facts.Write(console, ("Digest", document.Digest()), ("Risk assessment", document.Risk is { } risk ? $"{SafeText.Of(risk.Reference)}, SHA-256 {risk.Digest}" : "none"));
    }

    private static string Word(ChangeSet changes) => changes.IsEmpty ? "changes nothing" : changes.IsMixed ? "both tightens and weakens" : changes.Direction == ChangeDirection.Tightens ? "tightens" : "weakens";
}
