using Custody.Core.Governance;
using Custody.Core.Results;

namespace Custody.Core.Intents;

/// <summary>
/// Rule: an intent must pass under the governance version that it names and under the one in force. Its rule must be there
/// under the same id in both, name the intent's vault among those that it pays from, and pay from the same key of it.
/// </summary>
public static class IntentTerms
{
    /// <summary>The intent's rule in each version that counts, the named one first; none with a refusal.</summary>
    public static (Verdict Verdict, IReadOnlyList<GovernedRule> Rules) Of(WithdrawalIntent intent, Governed current)
    {
        if (current.AsOf(intent.GovernanceDigest) is not { } named || named.Document.Version != intent.PolicyVersion || RuleOf(intent, named) is not { } own)
        {
            return (Verdict.Refused(RefusalCode.IntentTampered, "The intent names a governance version or a rule that never was."), []);
        }

        if (ReferenceEquals(named, current))
        {
            return (Verdict.Allowed, [own]);
        }

        return RuleOf(intent, current) is { } now && named.Vault(intent.VaultId)?.PublicKey == current.Vault(intent.VaultId)?.PublicKey
            ? (Verdict.Allowed, [own, now])
            : (Tightened(current, $"has no rule '{intent.RuleId}' that pays from this vault key."), []);
    }

    /// <summary>The refusal of what the version in force no longer allows.</summary>
    public static Verdict Tightened(Governed current, string detail) => Verdict.Refused(
        RefusalCode.GovernanceTightened, $"Governance version {current.Document.Version}, in force since, {detail}");

    private static GovernedRule? RuleOf(WithdrawalIntent intent, Governed governed) =>
        governed.Document.Rules.FirstOrDefault(r => r.Id == intent.RuleId) is { } rule && rule.PaysFrom(intent.VaultId) ? new GovernedRule(governed, rule) : null;
}
