using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Screening;

/// <summary>
/// Rule: a list comes into force when an operator signed it just now, it is one that governance asks for, and it is not older
/// than the one in force. One operator is enough to add addresses; to lose one, two different people must sign the same bytes.
/// </summary>
public static class SanctionsImportRule
{
    // A signature says "this is the newest now": a copy of it must not say so tomorrow.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    // The second operator fetches and reads the file too.
    private static readonly TimeSpan HalfLife = TimeSpan.FromDays(1);

    /// <summary>Verifies an import as it is posted.</summary>
    public static SanctionsImportReading Verify(string compact, Governed governed, DateTimeOffset now) => Verify(compact, governed, now, Fresh);

    /// <summary>True when <paramref name="list"/> lacks an address that <paramref name="inForce"/> has, or nobody can tell.</summary>
    public static bool LosesAddresses(SanctionsList list, SanctionsList? inForce, bool isFirst) =>
        !isFirst && (inForce is null || inForce.Entries.Select(e => e.Address).Except(list.Entries.Select(e => e.Address), StringComparer.Ordinal).Any());

    /// <summary>Whether <paramref name="list"/> is at least as new as the one in force.</summary>
    public static Verdict NotOlder(SanctionsList list, SanctionsList? inForce) => inForce is null || list.PublishedAt >= inForce.PublishedAt
        ? Verdict.Allowed
        : Verdict.Refused(RefusalCode.SanctionsListOlder, "The list in force was published later than this one.");

    /// <summary>The people among <paramref name="halves"/> who signed the list with this digest within a day.</summary>
    public static int People(IEnumerable<string> halves, string digest, Governed governed, DateTimeOffset now) => halves
        .Select(h => Verify(h, governed, now, HalfLife))
        .Where(r => r.Verdict.IsAllowed && r.List!.Digest() == digest)
        .Select(r => r.Operator!.Person).Distinct(StringComparer.Ordinal).Count();

    private static SanctionsImportReading Verify(string compact, Governed governed, DateTimeOffset now, TimeSpan life)
    {
        switch (Jws.Verify(compact, DocumentType.SanctionsList, governed.Keys(KeyRole.Operator), now))
        {
            case JwsVerification.Invalid invalid:
                return new SanctionsImportReading(SignatureRefusal.Of(invalid), null, null);
            case JwsVerification.Valid valid:
                var owner = governed.Holder(valid.Key.KeyId, KeyRole.Operator)!.OwnerId;
                return SanctionsListRule.Read(valid.Payload) is not { } list
                        ? Refused(RefusalCode.BodyMalformed, "It is no sanctions list in canonical form: version 1, at least one address, each canonical, in order and once.")
                    : DateTimeOffset.FromUnixTimeSeconds(valid.Header.IssuedAt!.Value) + life <= now
                        ? Refused(RefusalCode.StatementExpired, "The signature is too old to say that the list is the newest.")
                    : list.PublishedAt > now + Jws.ClockSkew ? Refused(RefusalCode.FieldInvalid, "The list was published in the future.")
                    : governed.Document.Screening?.Lists.Any(l => l.Source == list.Source) != true
                        ? Refused(RefusalCode.FieldInvalid, $"Governance asks for no list '{list.Source}'.")
                    : new SanctionsImportReading(Verdict.Allowed, list, governed.Document.Operators.First(o => o.Id == owner));
            default:
                return default;
        }
    }

    private static SanctionsImportReading Refused(RefusalCode code, string detail) => new(Verdict.Refused(code, detail), null, null);
}
