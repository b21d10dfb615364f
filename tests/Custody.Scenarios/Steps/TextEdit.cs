namespace Custody.Scenarios.Steps;

/// <summary>A text that is replaced by another wherever it occurs; it must occur.</summary>
internal sealed record TextEdit(string Find, string With)
{
    public string Apply(string text) => text.Contains(Find, StringComparison.Ordinal)
        ? text.Replace(Find, With, StringComparison.Ordinal)
        : throw new ScenarioException($"'{Find}' does not occur in: {text}");
}
