using Custody.Core.Journals;

namespace Custody.Core.Whitelisting;

/// <summary>What the stop journal says of a whitelist entry.</summary>
/// <param name="Activation">The activation; null when there is none, or its line does not carry the entry that it activates.</param>
/// <param name="WasActivated">Whether there is an activation line at all.</param>
/// <param name="Suspension">The suspension in force; null when none is.</param>
/// <param name="Reinstated">The newest reinstatement; null when there was none.</param>
/// <param name="End">The line that ended it for ever; null when none did.</param>
public sealed record EntryStanding(ActivatedEntry? Activation, bool WasActivated, StopEntry? Suspension, Reinstatement? Reinstated, StopEntry? End)
{
    /// <summary>When the cooling-off that counts began; null for an entry that is not activated, is suspended or has ended.</summary>
    public DateTimeOffset? CoolingSince => End is not null || Suspension is not null ? null : Activation is null ? null : Reinstated?.Line.At ?? Activation.At;
}
