using System.Numerics;

namespace Custody.Chains.Evm;

/// <summary>
/// Rule for a balance that may differ between providers, such as one with what waits in each one's pool: the lowest that any
/// says, once a majority says anything. Funds that are not there are never counted on.
/// </summary>
internal static class LowestRule
{
    public static QuorumDecision<BigInteger> Decide(IReadOnlyList<ProviderAnswer<BigInteger>> answers, int needed)
    {
        var said = answers.Where(a => a.IsAnswer).OrderBy(a => a.Value).ToList();
        return said.Count >= needed
            ? new QuorumDecision<BigInteger>.Agreed(said[0].Value, [said[0].Provider], [])
            : new QuorumDecision<BigInteger>.Missing(EqualAnswerRule.Reason(answers, said.Count, needed));
    }
}
