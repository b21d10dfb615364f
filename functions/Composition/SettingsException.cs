namespace Custody.Functions.Composition;

/// <summary>Settings are missing or malformed; the message names each and what is expected.</summary>
public sealed class SettingsException(IReadOnlyList<string> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>One sentence for each setting.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
