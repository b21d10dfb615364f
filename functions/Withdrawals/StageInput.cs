namespace Custody.Functions.Withdrawals;

/// <summary>What a stage's activity is given: which withdrawal, and nothing that could authorise anything.</summary>
/// <param name="Version">Always 1.</param>
/// <param name="WithdrawalId">The withdrawal.</param>
/// <param name="Detail">For Hold: what failed.</param>
/// <param name="Code">For Hold: the refusal's code.</param>
/// <param name="Step">For Hold: the step that failed; a withdrawal that is past it is left alone.</param>
public sealed record StageInput(int Version, string WithdrawalId, string? Detail = null, string? Code = null, string? Step = null);
