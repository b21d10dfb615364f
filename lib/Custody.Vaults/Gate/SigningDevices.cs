using System.Text.Json;
using Custody.Core.Amendments;
using Custody.Core.Approvals;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Signatures;
using Custody.Core.Whitelisting;
using Custody.Core.Withdrawals;

namespace Custody.Vaults.Gate;

/// <summary>
/// Whose devices signed, whether or not it still counts: who was forced stays forced when the vote expires, is taken back, or
/// its device is suspended or leaves governance.
/// </summary>
internal static class SigningDevices
{
    /// <summary>The devices that voted on a withdrawal's attempt.</summary>
    public static IEnumerable<SigningDevice> OfVotes(WithdrawalCase file, Governed governed, DateTimeOffset now)
    {
        var (id, attempt) = (file.State.Id, file.State.Attempt);
        var digest = file.Find(CaseDocuments.Intent(attempt)) is { } intent ? WithdrawalIntent.DigestOf(intent.Content.Span) : null;
        return file.WithPrefix(CaseDocuments.Votes(attempt)).SelectMany(document => OfVote(
            System.Text.Encoding.ASCII.GetString(document.Content.Span), s => s.WithdrawalId == id && s.Attempt == attempt && s.IntentDigest == digest, governed, now))
            .Concat(Amendment.Of(file, attempt).SelectMany(amendment => OfAmendment(amendment, id, attempt, governed, now)));
    }

    /// <summary>The devices that voted on an amendment of a payment.</summary>
    public static IEnumerable<SigningDevice> OfAmendment(Amendment amendment, WithdrawalIntent payment, Governed governed, DateTimeOffset now) =>
        OfAmendment(amendment, payment.WithdrawalId, payment.Attempt, governed, now);

    private static IEnumerable<SigningDevice> OfAmendment(Amendment amendment, string id, int attempt, Governed governed, DateTimeOffset now)
    {
        var digest = amendment.Intent?.Digest();
        return amendment.Votes.SelectMany(vote => OfVote(vote, s => s.WithdrawalId == id && s.Attempt == attempt && s.IntentDigest == digest, governed, now));
    }

    /// <summary>The devices that answered a drill, by a line of the stop journal.</summary>
    public static IEnumerable<SigningDevice> OfDrillAnswer(StopEntry answer, Governed governed, DateTimeOffset now) =>
        answer.Evidence.SelectMany(posted => OfVote(posted, s => s.WithdrawalId == VoteSubject.WithdrawalOf(answer.Subject), governed, now));

    /// <summary>The devices that signed a whitelist entry: its stored form, and the one that the journal activated.</summary>
    public static IEnumerable<SigningDevice> OfEntry(SignedDocument? stored, EntryStanding standing, Governed governed, DateTimeOffset now) =>
        from document in (SignedDocument?[])[stored, standing.Activation?.Signed]
        where document is not null
        let payload = document.PayloadBytes()
        from signature in document.Signatures
        from device in Of(
            governed,
            version => Named(version, signature),
            version => Then(now, standing.Activation?.At).Any(
                at => Jws.VerifyDetached(signature, payload, DocumentType.WhitelistEntry, version.Keys(KeyRole.ApproverDevice), at) is JwsVerification.Valid))
        select device;

    /// <summary>The devices that signed the end of the suspension at <paramref name="suspension"/>.</summary>
    public static IEnumerable<SigningDevice> OfReinstatement(
        IEnumerable<string> statements, string entryId, long suspension, Governed governed, DateTimeOffset now, DateTimeOffset? at = null) =>
        from statement in statements
        from device in Of(
            governed,
            version => Named(version, statement),
            version => Then(now, at).Any(when => IsReinstatement(Jws.Verify(statement, DocumentType.WhitelistStatement, version.Keys(KeyRole.ApproverDevice), when), entryId, suspension)))
        select device;

    /// <summary>The devices that signed the end of an entry's last suspension.</summary>
    public static IEnumerable<SigningDevice> OfReinstatement(string entryId, EntryStanding standing, Governed governed, DateTimeOffset now) =>
        standing.Reinstated is { } last ? OfReinstatement(last.Line.Evidence, entryId, last.Lifted.Sequence, governed, now, last.Line.At) : [];

    private static IEnumerable<SigningDevice> OfVote(string posted, Func<ApprovalStatement, bool> matches, Governed governed, DateTimeOffset now) =>
        SignedVote.StatementOf(posted) is { } statement && matches(statement)
            ? Of(
                governed,
                version => (statement.ApproverId, statement.DeviceId),
                version => Then(now, statement.SignedAt).Any(at => SignedVote.Read(posted, version, at).Vote is not null))
            : [];

    private static (string Approver, string Device)? Named(Governed governed, string jws) =>
        Jws.PeekKeyId(jws) is { } keyId && governed.Holder(keyId, KeyRole.ApproverDevice) is { DeviceId: { } device } holder ? (holder.OwnerId, device) : null;

    private static bool IsReinstatement(JwsVerification verification, string entryId, long suspension)
    {
        try
        {
            return verification is JwsVerification.Valid valid
                && CanonicalJson.Deserialize<WhitelistStatement>(valid.Payload) is { Action: WhitelistAction.Reinstate } statement
                && statement.EntryId == entryId && statement.SuspensionSequence == suspension;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // A key may have been another one, or another's, in an earlier version. The newest that has a key says what it is committed to:
    // governance may have given it another commitment, whose opening is the one that the gate has to hold.
    private static IEnumerable<SigningDevice> Of(Governed governed, Func<Governed, (string Approver, string Device)?> named, Func<Governed, bool> signed)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var version in Versions(governed))
        {
            if (named(version) is var (approver, id)
                && version.Document.Approvers.FirstOrDefault(a => a.Id == approver)?.Devices.FirstOrDefault(d => d.Id == id) is { } device
                && seen.Add(device.Key.PublicKey) && device.DuressCommitment is { } commitment)
            {
                yield return new SigningDevice(DeviceSubject.Of(approver, id), commitment, () => signed(version));
            }
        }
    }

    // A key's time may be over by now; what it signed in its time it did sign.
    private static IEnumerable<DateTimeOffset> Then(DateTimeOffset now, DateTimeOffset? then) => then < now ? [now, then.Value] : [now];

    private static IEnumerable<Governed> Versions(Governed governed)
    {
        for (Governed? version = governed; version is not null; version = version.Previous)
        {
            yield return version;
        }
    }
}
