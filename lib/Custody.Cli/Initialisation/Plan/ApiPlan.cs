namespace Custody.Cli.Initialisation.Plan;

/// <summary>The API.</summary>
/// <param name="Audience">What call tokens must name.</param>
/// <param name="Url">Its base URL, without <c>/api/v1</c>.</param>
public sealed record ApiPlan(string Audience, string Url);
