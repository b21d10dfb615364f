using Custody.Core.Alerts;
using Custody.Core.Governance;
using Custody.Core.Results;

namespace Custody.Functions.Alerts;

/// <summary>
/// Tells people of refused statements that a registered key signed. It freezes nothing, and tells once for each kind of
/// refusal, key and day: who holds one such key can send as many as they like.
/// </summary>
public sealed class RefusedStatements(AlertDesk alerts, TimeProvider time)
{
    /// <summary>Hears a refusal of what <paramref name="signer"/>'s key signed about a subject; null, an unregistered key, is nobody.</summary>
    public async Task HearAsync(KeyHolder? signer, string about, Verdict why, CancellationToken cancellation)
    {
        if (signer is not null && RefusedStatementRule.IsTold(why.Code))
        {
            var detail = $"{signer.OwnerId} signed with it what was refused as {why.Code.Text()}, about {about}: {why.Detail}";
            await alerts.RaiseAsync(AlertCode.RefusedStatement, signer.Key.KeyId, detail, cancellation, RefusedStatementRule.Occasion(why.Code, time.GetUtcNow()));
        }
    }
}
