using Custody.Core.Governance;

namespace Custody.Core.Policy;

/// <summary>Which facts a governance document's policy asks for at all; what it does not ask for need not be read.</summary>
public static class PolicyNeeds
{
    /// <summary>Whether any rule asks if a destination was paid before.</summary>
    public static bool History(GovernanceDocument document) => document.Rules.Any(r => r.FirstUse is not null || r.FirstUseMaxAmount is not null);

    /// <summary>Whether anything is given a value.</summary>
    public static bool Prices(GovernanceDocument document) => document.Prices is not null;
}
