namespace Custody.Storage.Journals;

/// <summary>What is part of the journals' stored form.</summary>
internal static class JournalFormat
{
    /// <summary>The container of all journals.</summary>
    public const string Container = "journals";

    /// <summary>
    /// How many lines a segment holds. A line is a block and an append blob takes 50,000. Line n is in segment n / this, so
    /// changing it makes every journal that is longer unreadable.
    /// </summary>
    public const int LinesInASegment = 40_000;
}
