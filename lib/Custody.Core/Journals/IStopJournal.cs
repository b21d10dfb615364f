namespace Custody.Core.Journals;

/// <summary>The stop journal. Reading goes to the head that storage has now; a broken journal throws <see cref="JournalBrokenException"/>.</summary>
public interface IStopJournal
{
    /// <summary>Reads and verifies to the head.</summary>
    Task<JournalReading<StopView>> ReadAsync(CancellationToken cancellation);

    /// <summary>
    /// Appends what <paramref name="decide"/> says of the verified head, at exactly that head; when somebody else appended
    /// first it reads on and asks again. A null appends nothing. Returns the view after.
    /// </summary>
    Task<JournalReading<StopView>> AppendAsync(Func<JournalReading<StopView>, StopFact?> decide, CancellationToken cancellation);
}
