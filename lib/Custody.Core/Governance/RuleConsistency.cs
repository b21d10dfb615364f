using Custody.Core.Assets;
using Custody.Core.Customers;
using Custody.Core.Policy;

namespace Custody.Core.Governance;

/// <summary>What must hold of one policy rule for it to mean anything.</summary>
public static class RuleConsistency
{
    private const int MostAmendments = 20;

    // Each is asked for its load when a withdrawal is admitted.
    private const int MaxVaults = 16;

    /// <summary>The first problem as a sentence; null when there is none.</summary>
    public static string? Problem(GovernanceDocument document, PolicyRule rule)
    {
        var vault = document.Vaults.FirstOrDefault(v => v.Id == rule.VaultId);
        return vault is null ? $"The rule '{rule.Id}' names the vault '{rule.VaultId}', which is not registered."
            : VaultsProblem(document, rule, vault) is { } vaults ? vaults
            : rule.Assets.Count == 0 || rule.Assets.Any(a => a.Chain != vault.Chain) ? $"The rule '{rule.Id}' needs assets on its vault's chain."
            : rule.Tier is { } tier && tier != vault.Tier ? $"The rule '{rule.Id}' wants the tier {tier}, and its vault '{vault.Id}' is {vault.Tier}."
            : rule.ApprovalSeconds < 1 || rule.CoolingOffSeconds < 0 ? $"The rule '{rule.Id}' needs a deadline of at least 1 s and a cooling-off of at least 0 s."
            : rule.Fee.MaxShareBasisPoints is < 0 or > 10_000 ? $"The rule '{rule.Id}' needs a fee share between 0 and 10000 basis points."
            : rule.Fee.MaxTokenShareBasisPoints is < 1 or > 10_000 ? $"The rule '{rule.Id}' needs a token's fee share between 1 and 10000 basis points."
            : rule.Fee.MaxTokenShareBasisPoints is not null && (document.Prices is null || rule.Assets.Any(a => !a.IsNative && document.Assets.All(c => !c.Id.IsNative || c.Id.Chain != a.Chain)))
                ? $"The rule '{rule.Id}' caps a token's fee by what it is worth, and governance has no terms for prices, or not the coin that it is paid in."
            : QuorumProblem(document, rule) ?? ConditionProblem(document, rule) ?? AmendmentProblem(rule, rule.FeeBump) ?? AmendmentProblem(rule, rule.Cancel);
    }

    // Whoever approves reads the difference on a device that verified it, and nobody is asked what a rule could decide alone.
    private static string? AmendmentProblem(PolicyRule rule, AmendmentTerms? terms) =>
        terms is null ? null
        : terms.Approvals is not { Min: >= 1, MinSites: >= 1, Automatic: null, WebAuthn: null, Groups: null } ? $"The rule '{rule.Id}' bumps fees or cancels with at least one approver from at least one site, without groups, never automatically and never by WebAuthn."
        : terms.Approvals.MinSites > terms.Approvals.Min ? $"The rule '{rule.Id}' bumps fees or cancels with more sites than people."
        : terms.Fee.MaxTokenShareBasisPoints is not null ? $"The rule '{rule.Id}' bumps fees or cancels with a token's fee share; people decide on those, and no price does."
        : terms.Fee.MaxTotal.Sign <= 0 || terms.Fee.MaxRate.Sign <= 0 || terms.Fee.MaxShareBasisPoints is < 0 or > 10_000 || terms.Most is < 1 or > MostAmendments || terms.ApprovalSeconds < 1
            ? $"The rule '{rule.Id}' bumps fees or cancels with fees above zero, a share between 0 and 10000 basis points, between 1 and {MostAmendments} times, and a deadline of at least 1 s."
        : null;

    // That a key is active is asked whenever a vault is chosen, and by the gate: governance must be able to suspend one of several
    // at once, and find it in its rule again when it comes back.
    private static string? VaultsProblem(GovernanceDocument document, PolicyRule rule, VaultRegistration first)
    {
        if (rule.Vaults is not { } more)
        {
            return null;
        }

        return more.Count == 0 ? $"The rule '{rule.Id}' lists no further vault; leave the list out."
            : more.Count >= MaxVaults ? $"The rule '{rule.Id}' pays from more than {MaxVaults} vaults."
            : rule.PayingVaults().Distinct(StringComparer.Ordinal).Count() != more.Count + 1 ? $"The rule '{rule.Id}' names a vault twice."
            : more.FirstOrDefault(id => document.Vaults.All(v => v.Id != id)) is { } unknown ? $"The rule '{rule.Id}' names the vault '{unknown}', which is not registered."
            : document.Vaults.FirstOrDefault(v => more.Contains(v.Id, StringComparer.Ordinal) && (v.Chain != first.Chain || v.Tier != first.Tier)) is { } odd
                ? $"The rule '{rule.Id}' pays from '{odd.Id}', which is not on the chain or not of the tier of '{first.Id}'."
            : null;
    }

    private static string? ConditionProblem(GovernanceDocument document, PolicyRule rule) =>
        rule.Clients is { Count: 0 } || rule.CustomerClasses is { Count: 0 } || rule.Destinations is { Count: 0 } || rule.Times is { Count: 0 }
            ? $"The rule '{rule.Id}' has a condition that lists nothing; leave the condition out to match everything."
        : rule.CustomerClasses?.Contains(CustomerClass.Unknown) == true || rule.Destinations?.Contains(DestinationKind.Unknown) == true
            ? $"The rule '{rule.Id}' names no class, or no kind of destination, as a condition."
        // Our own addresses are refused before policy is asked: such a rule would never match, and whoever wrote it believes that it does.
        : rule.Destinations?.Contains(DestinationKind.OwnVault) == true ? $"The rule '{rule.Id}' is for our own vaults, which no withdrawal pays; gas goes there by an order of operators."
        : rule.MinAmount > rule.MaxAmount ? $"The rule '{rule.Id}' begins above its own limit."
        : rule.Value is { From: null, Below: null } || rule.Value?.From >= rule.Value?.Below ? $"The rule '{rule.Id}' has a range of values that holds none, or all."
        : rule.Value is not null && document.Prices is null ? $"The rule '{rule.Id}' asks for a value, and governance has no terms for prices."
        : rule.Times?.Select(t => t.Problem()).FirstOrDefault(p => p is not null) is { } window ? $"The rule '{rule.Id}' {window}."
        : rule.FirstUseMaxAmount > rule.MaxAmount ? $"The rule '{rule.Id}' caps a first use above its own limit."
        : rule is { FirstUse: false, FirstUseMaxAmount: not null } ? $"The rule '{rule.Id}' caps a first use that it does not match."
        : null;

    private static string? QuorumProblem(GovernanceDocument document, PolicyRule rule)
    {
        var quorum = rule.Approvals;
        if (quorum.Automatic == true)
        {
            return !quorum.IsAutomatic() ? $"The rule '{rule.Id}' approves automatically and names approvers too; it must be one of the two."
                : rule.Assets.Where(a => !HasLowerWindow(document, a)).Select(a => a.ToString()).FirstOrDefault() is { } asset
                    ? $"The rule '{rule.Id}' approves automatically, and {asset} has no automatic limit below its platform limit."
                : null;
        }

        return quorum.Min < 1 || quorum.MinSites < 1 ? $"The rule '{rule.Id}' needs at least one approver from at least one site."
            : quorum.Groups is not { } groups ? null
            : groups.Count == 0 || groups.Any(g => g.Min < 1 || g.MinSites < 1 || g.MinSites > g.Min)
                ? $"The rule '{rule.Id}' has an approval group without places, or with more sites than places."
            : groups.Select(g => g.Role).Distinct(StringComparer.Ordinal).Count() != groups.Count ? $"The rule '{rule.Id}' has two approval groups of one role."
            : quorum.Roles is { } roles && groups.Any(g => !roles.Contains(g.Role)) ? $"The rule '{rule.Id}' has an approval group whose role does not count in its quorum."
            : groups.Sum(g => (long)g.Min) > quorum.Min ? $"The rule '{rule.Id}' has more places in its approval groups than people in its quorum."
            : null;
    }

    private static bool HasLowerWindow(GovernanceDocument document, AssetId asset) =>
        Find(document, LimitScope.Automatic, asset)?.MaxAmount < Find(document, LimitScope.Platform, asset)?.MaxAmount;

    private static VelocityLimit? Find(GovernanceDocument document, LimitScope scope, AssetId asset) =>
        document.Limits.FirstOrDefault(l => l.Scope == scope && l.Asset == asset);
}
