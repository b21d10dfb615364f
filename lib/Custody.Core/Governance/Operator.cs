using Custody.Core.Signatures;

namespace Custody.Core.Governance;

/// <summary>A person of operations or the SOC: freezes, thaws, resolves.</summary>
/// <param name="Id">The operator's id.</param>
/// <param name="Person">The natural person.</param>
/// <param name="Keys">The operator's keys.</param>
/// <param name="Soc">True for the SOC's people, who see the SOC channel's alerts; absent: not.</param>
public sealed record Operator(string Id, string Person, IReadOnlyList<RegisteredKey> Keys, bool? Soc = null);
