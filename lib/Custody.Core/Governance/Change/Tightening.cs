using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Custody.Core.Governance.Change;

/// <summary>
/// Rule: which changes can only stop more than before. Each is listed; everything else weakens, governors included: whoever
/// could remove a governor at once would remove the one who vetoes.
/// </summary>
public static class Tightening
{
    private static readonly HashSet<string> Removals = new(StringComparer.Ordinal)
    {
        "clients[]", "clients[].keys[]", "clients[].keys[].terms.scopes[]", "approvers[]", "approvers[].devices[]", "operators[]", "operators[].keys[]",
        "clients[].keys[].terms.ipRanges[]", "vaults[]", "chains[]", "assets[]", "limits[]", "approvers[].training", "approvers[].devices[].evidence", "vaults[].firmware", "vaults[].firmware[]",
        "prices", "prices.moveSeconds", "retail", "retail.assets[]", "whitelist.roles[]", "screening", "contradictionWindowSeconds",
        "chains[].replacement", "chains[].maintenance", "chains[].maintenance.gasFunding", "rules[].feeBump", "rules[].cancel", "rules[].vaults", "rules[].vaults[]",
    };

    private static readonly HashSet<string> Lower = new(StringComparer.Ordinal)
    {
        "rules[].maxAmount", "rules[].approvalSeconds", "rules[].fee.maxTotal", "rules[].fee.maxRate", "rules[].fee.maxShareBasisPoints", "rules[].fee.maxTokenShareBasisPoints",
        "rules[].firstUseMaxAmount", "limits[].maxAmount", "chains[].maxBlockAgeSeconds", "assets[].token.gasCeiling",
        "prices.maxAgeSeconds", "prices.maxMoveBasisPoints", "retail.maxDailyValue", "platformValue.maxValue",
        "screening.lists[].maxAgeSeconds", "screening.lists[].maxPublicationAgeSeconds", "screening.providerTimeoutSeconds", "screening.value.maxValue",
        "whitelist.lookAlikeFirst", "whitelist.lookAlikeLast", "whitelist.proposalSeconds", "chains[].replacement.most", "chains[].maxInFlight",
        "chains[].maintenance.maxTotal", "chains[].maintenance.maxRate", "chains[].maintenance.fillsPerDay",
        "rules[].feeBump.fee.maxTotal", "rules[].feeBump.fee.maxRate", "rules[].feeBump.fee.maxShareBasisPoints", "rules[].feeBump.most", "rules[].feeBump.approvalSeconds",
        "rules[].cancel.fee.maxTotal", "rules[].cancel.fee.maxRate", "rules[].cancel.fee.maxShareBasisPoints", "rules[].cancel.most", "rules[].cancel.approvalSeconds",
        "chains[].maintenance.gasFunding.maxAmount", "chains[].maintenance.gasFunding.maxPerDay", "chains[].maintenance.gasFunding.maxTotal", "chains[].maintenance.gasFunding.maxRate",
    };

    private static readonly HashSet<string> Higher = new(StringComparer.Ordinal)
    {
        "rules[].approvals.min", "rules[].approvals.minSites", "rules[].coolingOffSeconds", "limits[].windowSeconds", "platformValue.windowSeconds", "prices.moveSeconds", "screening.value.windowSeconds", "chains[].finalityDepth",
        "contradictionWindowSeconds", "whitelist.quorum", "whitelist.minSites", "whitelist.coolingOffSeconds", "delays.weakeningSeconds",
        "chains[].replacement.afterSeconds", "chains[].providersNeeded", "chains[].maintenance.quorum", "chains[].maintenance.gasFunding.quorum", "chains[].maintenance.afterSeconds",
        "rules[].feeBump.approvals.min", "rules[].feeBump.approvals.minSites", "rules[].cancel.approvals.min", "rules[].cancel.approvals.minSites",
    };

    // What is asked besides can only find more; without a number one provider was enough, and without a limit over all assets none held.
    private static readonly HashSet<string> Additions = new(StringComparer.Ordinal) { "screening.lists[]", "screening.providerClients[]", "screening.value", "chains[].providersNeeded", "platformValue", "rules[].fee.maxTokenShareBasisPoints" };

    private static readonly HashSet<string> BecomesTrue = new(StringComparer.Ordinal) { "clients[].suspended", "screening.providerNeeded", "rules[].videoConfirmation" };

    private static readonly HashSet<string> Sooner = new(StringComparer.Ordinal) { "clients[].keys[].terms.notAfter", "approvers[].training.expiresAt", "approvers[].devices[].evidence.expiresAt" };

    /// <summary>Which way a change goes.</summary>
    public static ChangeDirection DirectionOf(GovernanceChange change, GovernanceDocument before, GovernanceDocument after)
    {
        var tightens = change.Kind switch
        {
            ChangeKind.Removed => Removals.Contains(change.Pattern) || IsLastRule(change, before, after),
            ChangeKind.Added => Additions.Contains(change.Pattern) || (BecomesTrue.Contains(change.Pattern) && change.After == "true") || StopsSigning(change),
            ChangeKind.Changed => (Lower.Contains(change.Pattern) && Compare(change) > 0)
                || (Higher.Contains(change.Pattern) && Compare(change) < 0)
                || (BecomesTrue.Contains(change.Pattern) && change is { Before: "false", After: "true" })
                || (Sooner.Contains(change.Pattern) && ComparesTimes(change) > 0)
                || StopsSigning(change),
            _ => false,
        };
        return tightens ? ChangeDirection.Tightens : ChangeDirection.Weakens;
    }

    // What a rule took, the rules after it now get. Only where none of them is left does nothing match any more.
    private static bool IsLastRule(GovernanceChange change, GovernanceDocument before, GovernanceDocument after)
    {
        if (change.Pattern != "rules[]")
        {
            return false;
        }

        var left = after.Rules.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        return before.Rules.SkipWhile(r => change.Path != $"rules[{r.Id}]").All(r => !left.Contains(r.Id)) && after.Rules.All(r => before.Rules.Any(b => b.Id == r.Id));
    }

    // In every state but one a key does not sign; which states may follow is the succession's matter.
    private static bool StopsSigning(GovernanceChange change) =>
        change.Pattern == "vaults[].state" && JsonSerializer.Deserialize<string>(change.After!) is "suspended" or "deactivated" or "compromised" or "destroyed";

    private static int Compare(GovernanceChange change) => Number(change.Before).CompareTo(Number(change.After));

    private static BigInteger Number(string? json) => BigInteger.Parse(json!.Trim('"'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static int ComparesTimes(GovernanceChange change) =>
        JsonSerializer.Deserialize<DateTimeOffset>(change.Before!).CompareTo(JsonSerializer.Deserialize<DateTimeOffset>(change.After!));
}
