namespace Custody.Core.Governance;

/// <summary>What makes a whitelist entry count.</summary>
/// <param name="Quorum">Distinct approvers who must sign an entry besides the client; at least 1.</param>
/// <param name="CoolingOffSeconds">How long after its activation was journalled an entry waits before it can be used.</param>
public sealed record WhitelistTerms(int Quorum, int CoolingOffSeconds);
