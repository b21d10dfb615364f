namespace Custody.Chains.Evm;

/// <summary>How several providers are dealt with. All of it can only make a question wait: what counts is always a majority of all that are configured.</summary>
/// <param name="MostBlocksBehind">A provider further than this from the height that a quorum has reached is set aside.</param>
/// <param name="SetAside">How long one that lags or answers otherwise than the majority does not count. Then it counts again, and is as any other after the same time without a contradiction.</param>
/// <param name="Rest">How long one that does not answer is not asked, where enough others do.</param>
/// <param name="MostFaults">So many questions without an answer, one after another, and it counts as silent.</param>
/// <param name="Patience">How long a question may go without a quorum before people are told; heights differ for a moment all the time.</param>
public sealed record NodeQuorumTerms(ulong MostBlocksBehind, TimeSpan SetAside, TimeSpan Rest, int MostFaults, TimeSpan Patience)
{
    /// <summary>Five blocks, a minute, 15 seconds, three faults, 10 seconds.</summary>
    public static NodeQuorumTerms Default { get; } = new(5, TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(15), 3, TimeSpan.FromSeconds(10));
}
