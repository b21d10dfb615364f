using Custody.Core.Governance;
using Custody.Core.Operators;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Screening;

/// <summary>Rule: a hit is released only when two different people sign for that very withdrawal, attempt and hit.</summary>
public static class ScreeningReleaseRule
{
    /// <summary>Verifies one half against what was found.</summary>
    public static OperatorReading<ScreeningRelease> Verify(
        string compact, string withdrawalId, int attempt, string hitDigest, Governed governed, Clocks now)
    {
        var reading = OperatorStatement.Verify<ScreeningRelease>(
            compact, DocumentType.ScreeningRelease, s => (s.Version, s.OperatorId, s.SignedAt, s.ExpiresAt), governed, now);
        return !reading.Verdict.IsAllowed || (reading.Statement!.WithdrawalId == withdrawalId && reading.Statement.Attempt == attempt && reading.Statement.HitDigest == hitDigest)
            ? reading
            : new OperatorReading<ScreeningRelease>(
                Verdict.Refused(RefusalCode.ScreeningReleaseMismatch, "The release is for another withdrawal, attempt or hit."), null, null);
    }

    /// <summary>
    /// Whether a half signed in this hold, with all halves of the attempt, makes a release of whatever it names. It only says that
    /// looking again is worth it: what was found is asked for again then.
    /// </summary>
    public static bool IsWorthAnotherLook(
        IEnumerable<string> inThisHold, IReadOnlyList<string> all, string withdrawalId, int attempt, Governed governed, Clocks now) => inThisHold
        .Select(h => OperatorStatement.Verify<ScreeningRelease>(
            h, DocumentType.ScreeningRelease, s => (s.Version, s.OperatorId, s.SignedAt, s.ExpiresAt), governed, now).Statement?.HitDigest)
        .OfType<string>().Distinct(StringComparer.Ordinal)
        .Any(digest => Together(all, withdrawalId, attempt, digest, governed, now).IsAllowed);

    /// <summary>Whether these halves make a release.</summary>
    public static Verdict Together(
        IEnumerable<string> halves, string withdrawalId, int attempt, string hitDigest, Governed governed, Clocks now)
    {
        var people = halves.Select(h => Verify(h, withdrawalId, attempt, hitDigest, governed, now)).Where(r => r.Verdict.IsAllowed)
            .Select(r => r.Operator!.Person).Distinct(StringComparer.Ordinal).Count();
        return people >= 2 ? Verdict.Allowed : Verdict.Refused(RefusalCode.SecondSignatureNeeded, "Two operators must sign the release.");
    }
}
