namespace Custody.Core.Screening.Files;

/// <summary>A sanctions file says something that cannot be relied on.</summary>
internal sealed class SanctionsFileException(string sentence) : Exception(sentence);
