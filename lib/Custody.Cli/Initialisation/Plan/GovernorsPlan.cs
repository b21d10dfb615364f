namespace Custody.Cli.Initialisation.Plan;

/// <summary>The governors.</summary>
/// <param name="Quorum">How many of them sign.</param>
/// <param name="Members">Who they are.</param>
public sealed record GovernorsPlan(int Quorum, IReadOnlyList<GovernorPlan> Members);
