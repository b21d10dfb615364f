using Custody.Core.Journals;

namespace Custody.Core.Whitelisting;

/// <summary>A suspension that was lifted.</summary>
/// <param name="Lifted">The suspension's line.</param>
/// <param name="Line">The line that lifted it; its evidence is verified at each use, and a new cooling-off counts from it.</param>
/// <param name="Moment">What held when it was lifted: who could sign that.</param>
public sealed record Reinstatement(StopEntry Lifted, StopEntry Line, JournalMoment Moment);
