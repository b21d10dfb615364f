namespace Custody.Core.Governance;

/// <summary>What makes a whitelist entry count.</summary>
/// <param name="Quorum">Distinct approvers who must sign an entry besides the client; at least 1.</param>
/// <param name="CoolingOffSeconds">How long after its activation was journalled an entry waits before it can be used.</param>
/// <param name="Roles">The approvers' roles that count; absent means every role.</param>
/// <param name="MinSites">From how many sites the approvers must be; absent means one.</param>
/// <param name="LookAlikeFirst">How many first characters two addresses share to look alike; absent means 4.</param>
/// <param name="LookAlikeLast">How many last characters they share besides; absent means 4.</param>
/// <param name="ProposalSeconds">How long after it was written a proposal may wait for approvals; absent means a week.</param>
public sealed record WhitelistTerms(
    int Quorum,
    int CoolingOffSeconds,
    IReadOnlyList<string>? Roles = null,
    int? MinSites = null,
    int? LookAlikeFirst = null,
    int? LookAlikeLast = null,
    int? ProposalSeconds = null)
{
    private const int DefaultCharacters = 4;
    private const int DefaultProposalSeconds = 7 * 24 * 60 * 60;

    /// <summary>How many sites the approvers must be from.</summary>
    public int Sites() => MinSites ?? 1;

    /// <summary>How many first and last characters make addresses look alike.</summary>
    public (int First, int Last) LookAlike() => (LookAlikeFirst ?? DefaultCharacters, LookAlikeLast ?? DefaultCharacters);

    /// <summary>How long a proposal may wait.</summary>
    public TimeSpan ProposalLife() => TimeSpan.FromSeconds(ProposalSeconds ?? DefaultProposalSeconds);
}
