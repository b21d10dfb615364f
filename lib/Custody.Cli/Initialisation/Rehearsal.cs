using Custody.Cli.Initialisation.Keys;
using Custody.Cli.Initialisation.Plan;

namespace Custody.Cli.Initialisation;

/// <summary>
/// Writes the whole system in memory with throw-away keys and verifies it, so that a plan that cannot work is refused
/// before a token exists that nobody can delete through PKCS#11.
/// </summary>
internal static class Rehearsal
{
    private static readonly string NoGenesis = "0x" + new string('0', 64);

    /// <summary>What the rules would refuse, as a sentence; null when the plan works.</summary>
    public static async Task<string?> ProblemAsync(InitialisationPlan plan, DateTimeOffset now, CancellationToken cancellation)
    {
        if (PlanRules.Problem(plan) is { } problem)
        {
            return problem;
        }

        using var keys = new ThrowAwayKeys();
        try
        {
            var genesis = plan.Chains.DistinctBy(c => c.Id).ToDictionary(c => c.Id, c => c.GenesisHash ?? NoGenesis);
            var draft = await new SystemDrafting(plan, genesis, keys, now).DraftAsync(cancellation);
            return DraftRules.Problem(draft, now);
        }
        catch (KeyMakingException unusable)
        {
            return unusable.Message;
        }
    }
}
