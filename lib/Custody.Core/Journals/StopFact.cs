namespace Custody.Core.Journals;

/// <summary>What is to be appended to the stop journal; the writer adds number, hash and time.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Subject">Of what.</param>
/// <param name="Reason">One sentence for people.</param>
/// <param name="Attempt">The attempt, where there is one.</param>
/// <param name="Digest">The digest of what is named, where there is one.</param>
/// <param name="Evidence">The signed statements behind it.</param>
/// <param name="Code">The refusal's code, where a withdrawal ends.</param>
public sealed record StopFact(
    StopKind Kind, string Subject, string Reason, int? Attempt = null, string? Digest = null, IReadOnlyList<string>? Evidence = null, string? Code = null);
