using Custody.Core.Results;

namespace Custody.Core.Governance;

/// <summary>
/// Rule: a chain is read from as many providers as governance asks for. Who changes the settings could otherwise leave a single
/// one, and be believed through it.
/// </summary>
public static class ProvidersRule
{
    /// <summary>Whether so many providers are enough for the chain.</summary>
    public static Verdict Check(ChainRegistration chain, int configured) => configured >= Math.Max(chain.ProvidersNeeded ?? 1, 1)
        ? Verdict.Allowed
        : Verdict.Refused(RefusalCode.NodeUnavailable, $"Governance wants {chain.ProvidersNeeded ?? 1} providers of {chain.Id}, and {configured} are configured.");
}
