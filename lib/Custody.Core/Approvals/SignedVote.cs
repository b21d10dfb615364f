using System.Text.Json;
using Custody.Core.Approvals.WebAuthn;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Approvals;

/// <summary>A vote whose signature verified: what it says, and whose device signed it. Whether it counts is <see cref="VoteRule"/>'s.</summary>
/// <param name="Statement">What it says.</param>
/// <param name="Payload">Its canonical bytes.</param>
/// <param name="Approver">Whose device signed it; the statement names both.</param>
/// <param name="Assertion">The use of an authenticator, when it was signed by WebAuthn.</param>
public sealed record SignedVote(ApprovalStatement Statement, byte[] Payload, Approver Approver, AssertionUse? Assertion)
{
    /// <summary>Verifies a posted or stored vote in either form; the vote only when the verdict allows.</summary>
    public static (Verdict Verdict, SignedVote? Vote) Read(string posted, Governed governed, Clocks now) =>
        WebAuthnVote.IsOne(posted) ? ReadAssertion(posted, governed, now) : ReadCompact(posted, governed, now);

    /// <summary>What a vote that was verified before says, in either form; null when it does not read.</summary>
    public static ApprovalStatement? StatementOf(string posted)
    {
        var payload = WebAuthnVote.IsOne(posted) ? WebAuthnVote.Read(posted)?.Statement : SignedDocument.FromCompact(posted)?.Payload;
        return payload is not null && StrictBase64Url.TryDecode(payload, out var bytes) && TryRead(bytes, out var statement, out _) ? statement : null;
    }

    /// <summary>
    /// Whose key signed a vote that was refused, registered now or in an earlier version, its time not asked; null when it
    /// verifies under no such key. It says who is to be told of, and never that the vote counts.
    /// </summary>
    public static KeyHolder? SignerOf(string posted, Governed governed, DateTimeOffset now) =>
        WebAuthnVote.IsOne(posted) ? AuthenticatorOf(posted, governed) : RegisteredSigner.Of(posted, DocumentType.Approval, governed, now);

    private static KeyHolder? AuthenticatorOf(string posted, Governed governed)
    {
        if (WebAuthnVote.Read(posted) is not { Version: 1 } vote || !StrictBase64Url.TryDecode(vote.Statement, out var payload) || !TryRead(payload, out var statement, out _))
        {
            return null;
        }

        for (var version = governed; version is not null; version = version.Previous)
        {
            var device = version.Document.Approvers.FirstOrDefault(a => a.Id == statement.ApproverId)?.Devices.FirstOrDefault(d => d.Id == statement.DeviceId);
            if (device is not null && AssertionRule.Check(vote, ApprovalStatement.DigestOf(payload), device, version.Document.WebAuthn).Verdict.IsAllowed)
            {
                return version.Holder(device.Key.KeyId);
            }
        }

        return null;
    }

    private static (Verdict, SignedVote?) ReadCompact(string compact, Governed governed, Clocks now)
    {
        switch (Jws.Verify(compact, DocumentType.Approval, governed.Keys(KeyRole.ApproverDevice), now))
        {
            case JwsVerification.Invalid { Reason: JwsRefusal.UnknownKey } unknown:
                return Refused(RefusalCode.DeviceUnknown, unknown.Detail);
            case JwsVerification.Invalid invalid:
                return (SignatureRefusal.Of(invalid), null);
            case JwsVerification.Valid valid:
                var holder = governed.Holder(valid.Key.KeyId, KeyRole.ApproverDevice)!;
                return !TryRead(valid.Payload, out var statement, out var problem) ? Refused(RefusalCode.BodyMalformed, problem)
                    : holder.OwnerId != statement.ApproverId || holder.DeviceId != statement.DeviceId
                        ? Refused(RefusalCode.DeviceUnknown, "The device that signed is not the one that the statement names.")
                    : (Verdict.Allowed, new SignedVote(statement, valid.Payload, governed.Document.Approvers.First(a => a.Id == holder.OwnerId), null));
            default:
                return default;
        }
    }

    private static (Verdict, SignedVote?) ReadAssertion(string posted, Governed governed, Clocks now)
    {
        if (WebAuthnVote.Read(posted) is not { Version: 1 } vote || !StrictBase64Url.TryDecode(vote.Statement, out var payload))
        {
            return Refused(RefusalCode.WebAuthnMalformed, "The vote is not the canonical JSON of a vote by WebAuthn, version 1.");
        }

        if (!TryRead(payload, out var statement, out var problem))
        {
            return Refused(RefusalCode.BodyMalformed, problem);
        }

        var approver = governed.Document.Approvers.FirstOrDefault(a => a.Id == statement.ApproverId);
        if (approver?.Devices.FirstOrDefault(d => d.Id == statement.DeviceId) is not { } device)
        {
            return Refused(RefusalCode.DeviceUnknown, "The statement names no registered device.");
        }

        if (now.Host < device.Key.Terms?.NotBefore || now.Later >= device.Key.Terms?.NotAfter)
        {
            return Refused(RefusalCode.KeyNotValid, $"The time of the key '{device.Key.KeyId}' has not come or is over.");
        }

        var (verdict, use) = AssertionRule.Check(vote, ApprovalStatement.DigestOf(payload), device, governed.Document.WebAuthn);
        return (verdict, verdict.IsAllowed ? new SignedVote(statement, payload, approver, use) : null);
    }

    private static bool TryRead(byte[] payload, out ApprovalStatement statement, out string problem)
    {
        (statement, problem) = (null!, "");
        try
        {
            statement = CanonicalJson.Deserialize<ApprovalStatement>(payload);
            return true;
        }
        catch (JsonException malformed)
        {
            problem = $"The approval statement is malformed: {malformed.Message}";
            return false;
        }
    }

    private static (Verdict, SignedVote?) Refused(RefusalCode code, string detail) => (Verdict.Refused(code, detail), null);
}
