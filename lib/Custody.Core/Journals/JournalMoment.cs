using System.Collections.Immutable;

namespace Custody.Core.Journals;

/// <summary>What held when a line of the stop journal was written: what was signed for that line is judged by it, whatever changes later.</summary>
/// <param name="GovernanceDigest">The governance in force: whoever it registered could sign.</param>
/// <param name="SuspendedDevices">The devices that were suspended, and could not.</param>
public sealed record JournalMoment(string GovernanceDigest, ImmutableHashSet<string> SuspendedDevices);
