namespace Custody.Chains.Evm;

/// <summary>What several answers to one question come to.</summary>
internal abstract record QuorumDecision<T>
{
    private QuorumDecision()
    {
    }

    /// <summary>A majority says so.</summary>
    /// <param name="Value">What it says.</param>
    /// <param name="With">The providers that say it.</param>
    /// <param name="Odd">The providers that contradict it.</param>
    public sealed record Agreed(T Value, IReadOnlyList<string> With, IReadOnlyList<string> Odd) : QuorumDecision<T>;

    /// <summary>Nothing is known.</summary>
    /// <param name="Reason">Who said what, for people.</param>
    public sealed record Missing(string Reason) : QuorumDecision<T>;
}
