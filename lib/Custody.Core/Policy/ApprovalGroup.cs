namespace Custody.Core.Policy;

/// <summary>Places that people of one role must fill. One person fills one place, in one group.</summary>
/// <param name="Role">The role.</param>
/// <param name="Min">The places; at least 1.</param>
/// <param name="MinSites">Distinct sites among the people who fill them; at least 1.</param>
public sealed record ApprovalGroup(string Role, int Min, int MinSites);
