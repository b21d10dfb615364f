using Custody.Core.Signatures;

namespace Custody.Cli.Initialisation.Plan;

/// <summary>An exchange.</summary>
/// <param name="Id">The client's id.</param>
/// <param name="Name">Its name, for people.</param>
/// <param name="Key">The key; absent: generated as a file.</param>
/// <param name="Terms">What the key may be used for, from where and when; absent: everything.</param>
public sealed record ClientPlan(string Id, string Name, KeyPlan? Key = null, KeyTerms? Terms = null);
