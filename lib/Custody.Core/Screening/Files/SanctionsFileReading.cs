namespace Custody.Core.Screening.Files;

/// <summary>The outcome of reading a sanctions file.</summary>
public abstract record SanctionsFileReading
{
    private SanctionsFileReading()
    {
    }

    /// <summary>It was read whole.</summary>
    public sealed record Read(SanctionsList List) : SanctionsFileReading;

    /// <summary>It cannot be relied on, so nothing of it is used.</summary>
    public sealed record Unusable(string Sentence) : SanctionsFileReading;
}
