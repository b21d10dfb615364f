namespace Custody.Core.Policy;

/// <summary>What policy says of a request, and why each rule matched or did not.</summary>
/// <param name="Decision">What it says.</param>
/// <param name="Rules">Every rule, in order.</param>
public sealed record PolicyExplanation(PolicyDecision Decision, IReadOnlyList<RuleExplanation> Rules);

/// <summary>What one rule says of a request.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Matches">Whether all its conditions hold.</param>
/// <param name="Why">The first condition that does not, as a sentence; null when all hold.</param>
public sealed record RuleExplanation(string RuleId, bool Matches, string? Why);
