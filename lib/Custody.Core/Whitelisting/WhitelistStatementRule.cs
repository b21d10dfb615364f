using System.Text.Json;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Whitelisting;

/// <summary>
/// Rule: a statement is about this very entry, and its signer may say it: the entry's own client or an operator to stop it, an
/// approver's device to reject a proposal or to end a suspension.
/// </summary>
public static class WhitelistStatementRule
{
    /// <summary>Verifies a compact JWS about <paramref name="entry"/> as of <paramref name="now"/>.</summary>
    public static WhitelistStatementReading Verify(string compact, WhitelistEntry entry, Governed governed, DateTimeOffset now)
    {
        switch (Jws.Verify(compact, DocumentType.WhitelistStatement, keyId => governed.Holder(keyId)?.Key, now))
        {
            case JwsVerification.Invalid invalid:
                return new WhitelistStatementReading(SignatureRefusal.Of(invalid), null, null);
            case JwsVerification.Valid valid:
                try
                {
                    var statement = CanonicalJson.Deserialize<WhitelistStatement>(valid.Payload);
                    var holder = governed.Holder(valid.Key.KeyId)!;
                    var verdict = Check(statement, holder, entry, now);
                    return verdict.IsAllowed ? new WhitelistStatementReading(verdict, statement, holder) : new WhitelistStatementReading(verdict, null, null);
                }
                catch (JsonException problem)
                {
                    return new WhitelistStatementReading(Verdict.Refused(RefusalCode.BodyMalformed, $"The statement is malformed: {problem.Message}"), null, null);
                }

            default:
                return default;
        }
    }

    private static Verdict Check(WhitelistStatement statement, KeyHolder holder, WhitelistEntry entry, DateTimeOffset now) =>
        statement.Version != 1 ? Verdict.Refused(RefusalCode.BodyMalformed, "The statement has an unknown version.")
        : holder.OwnerId != statement.ActorId ? Verdict.Refused(RefusalCode.SignatureKeyUnknown, "The key is not one of the person whom the statement names.")
        : holder.DeviceId != statement.DeviceId ? Verdict.Refused(RefusalCode.DeviceUnknown, "The key is not the one of the device that the statement names.")
        : statement.EntryId != entry.EntryId || statement.EntryDigest != entry.Digest()
            ? Verdict.Refused(RefusalCode.WhitelistStatementMismatch, "The statement is about another entry, or another form of it.")
        : statement.SignedAt > now + Jws.ClockSkew || statement.ExpiresAt <= now
            ? Verdict.Refused(RefusalCode.StatementExpired, "The statement has expired, or is from the future.")
        : MaySay(statement.Action, holder, entry) ? Verdict.Allowed
        : Verdict.Refused(RefusalCode.CallerNotAllowed, $"'{holder.OwnerId}' may not {statement.Action.ToString().ToLowerInvariant()} this entry.");

    private static bool MaySay(WhitelistAction action, KeyHolder holder, WhitelistEntry entry) => action switch
    {
        WhitelistAction.Suspend or WhitelistAction.Tombstone =>
            holder.Role == KeyRole.Operator || (holder.Role == KeyRole.Client && holder.OwnerId == entry.ClientId),
        WhitelistAction.Reinstate or WhitelistAction.Reject => holder.Role == KeyRole.ApproverDevice,
        _ => false,
    };
}
