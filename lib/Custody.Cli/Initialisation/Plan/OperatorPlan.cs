namespace Custody.Cli.Initialisation.Plan;

/// <summary>An operator.</summary>
/// <param name="Id">The operator's id.</param>
/// <param name="Person">The natural person.</param>
/// <param name="Key">The key; absent: generated as a file.</param>
/// <param name="Soc">True for the SOC's people.</param>
public sealed record OperatorPlan(string Id, string Person, KeyPlan? Key = null, bool Soc = false);
