namespace Custody.Cli.Initialisation.Plan;

/// <summary>An approver's device.</summary>
/// <param name="Id">The device's id.</param>
/// <param name="Key">The key; absent: generated in a token of its own.</param>
/// <param name="Duress">True for the key that its owner uses when forced; only the openings' file tells afterwards.</param>
public sealed record DevicePlan(string Id, KeyPlan? Key = null, bool Duress = false);
