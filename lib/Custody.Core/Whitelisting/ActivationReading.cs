using Custody.Core.Results;

namespace Custody.Core.Whitelisting;

/// <summary>Whether a proposal may become active, and what is missing.</summary>
/// <param name="Verdict">Allows when it may be activated now.</param>
/// <param name="Tally">Who signed.</param>
/// <param name="LookAlikes">The addresses that it could be taken for.</param>
public sealed record ActivationReading(Verdict Verdict, WhitelistTally Tally, IReadOnlyList<LookAlike> LookAlikes)
{
    /// <summary>True when time and signatures may still make it active; any other refusal ends the proposal.</summary>
    public bool MayWait => Verdict.Code is RefusalCode.QuorumMissing or RefusalCode.LookAlikeApprovalMissing or RefusalCode.Frozen;
}
