using Custody.Core.Policy;

namespace Custody.Core.Governance;

/// <summary>A policy rule in one version of governance.</summary>
/// <param name="Governed">The version.</param>
/// <param name="Rule">The rule as that version has it.</param>
public readonly record struct GovernedRule(Governed Governed, PolicyRule Rule);
