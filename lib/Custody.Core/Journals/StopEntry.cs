namespace Custody.Core.Journals;

/// <summary>A line of the stop journal: a fact that stops money, or that loosens a stop with its evidence.</summary>
/// <param name="Version">Always 1.</param>
/// <param name="Sequence">The line's number.</param>
/// <param name="Previous">Hash of the line before, hex.</param>
/// <param name="At">When it was appended.</param>
/// <param name="Kind">What it says.</param>
/// <param name="Subject">Of what: a withdrawal, a freeze scope, a whitelist entry, a governance version.</param>
/// <param name="Attempt">The attempt, for <see cref="StopKind.AttemptBurnt"/>.</param>
/// <param name="Digest">The digest of what is named: of the entry activated, of the governance document.</param>
/// <param name="Reason">One sentence for people.</param>
/// <param name="Evidence">The signed statements behind it, compact JWSs.</param>
/// <param name="Code">The refusal's code, for <see cref="StopKind.WithdrawalEnded"/>.</param>
public sealed record StopEntry(
    int Version,
    long Sequence,
    string Previous,
    DateTimeOffset At,
    StopKind Kind,
    string Subject,
    int? Attempt,
    string? Digest,
    string Reason,
    IReadOnlyList<string> Evidence,
    string? Code = null) : IJournalEntry;
