using System.Text.Json;
using System.Text.Json.Nodes;
using Custody.Core.Admission;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Signatures;

namespace Custody.Core.Reading;

/// <summary>
/// Rule: an intent is exactly the one that follows from what was admitted. The three members that do not follow from it —
/// attempt, parent and time — must make sense together, and of several vaults of the rule it names one.
/// </summary>
public static class IntentAgreement
{
    /// <summary>The first member that disagrees, as a sentence; null when none does.</summary>
    public static string? Problem(WithdrawalIntent intent, Admitted admitted, Governed governed, DateTimeOffset now)
    {
        // Which of the rule's vaults pays does not follow either, and only one of them may.
        var vault = admitted.Rule.PaysFrom(intent.VaultId) ? intent.VaultId : admitted.Rule.VaultId;
        var due = IntentFactory.Create(admitted, governed, intent.Attempt, intent.ParentDigest, intent.CreatedAt, vault);
        return FirstDifference(intent, due) is { } member ? $"The intent's {member} is not what request, whitelist entry and policy give."
            : intent.Attempt < 1 ? "The intent's attempt is not counted from 1."
            : intent.ParentDigest is null != (intent.Attempt == 1) ? "The intent's parentDigest must be there from the second attempt on, and only then."
            : intent.CreatedAt > now + Jws.ClockSkew ? "The intent's createdAt is in the future."
            : null;
    }

    private static string? FirstDifference(WithdrawalIntent intent, WithdrawalIntent due)
    {
        var (actual, expected) = (Members(intent), Members(due));
        return expected.Select(m => m.Key).Union(actual.Select(m => m.Key))
            .FirstOrDefault(name => !JsonNode.DeepEquals(actual[name], expected[name]));
    }

    private static JsonObject Members(WithdrawalIntent intent) => JsonSerializer.SerializeToNode(intent, CanonicalJson.Options)!.AsObject();
}
