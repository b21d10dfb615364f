using System.Globalization;
using System.Text.Json;
using Custody.Core.Admission;
using Custody.Core.Approvals;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Whitelisting;

namespace Custody.Core.Reading;

/// <summary>
/// Verifies a bundle on an approver's device, from the pinned trust root up, with the pipeline's own rules (SFC 25EC44, on
/// what an approver must be able to check). Where a fact fails, those after it are not looked at.
/// </summary>
public static class BundleVerifier
{
    /// <summary>Verifies every fact.</summary>
    public static BundleReading Verify(ApprovalBundle bundle, BundleTerms terms, DateTimeOffset now)
    {
        if (bundle.Id != terms.WithdrawalId)
        {
            return Refused(BundleFact.Withdrawal, RefusalCode.IntentMismatch, $"The server answered with the withdrawal '{SafeText.Of(bundle.Id)}'.");
        }

        return GovernanceVerifier.VerifyChain(bundle.Governance ?? [], terms.TrustRoot, now) switch
        {
            GovernanceReading.Refused refused => Refused(BundleFact.Governance, refused.Code, refused.Detail),
            GovernanceReading.Verified { Governed: var governed } when Outdated(governed, terms.Seen) is { } outdated =>
                Refused(BundleFact.Governance, RefusalCode.GovernanceSuperseded, outdated),
            GovernanceReading.Verified { Governed: var governed } when bundle.Amendment is not null => VerifyAmendment(bundle, terms, governed, now),
            GovernanceReading.Verified { Governed: var governed } => VerifyRequest(bundle, terms, governed, now),
            _ => Refused(BundleFact.Governance, RefusalCode.Unspecified, "The governance document was not verified."),
        };
    }

    /// <summary>Why a governance document that verifies must still not be believed on this device; null when it may be.</summary>
    public static string? Outdated(Governed governed, SeenGovernance? seen) =>
        seen is null ? null
        : governed.Document.Version < seen.Version ? $"The governance document is version {governed.Document.Version}, and this device has seen version {seen.Version}."
        : governed.Document.Version == seen.Version && governed.Digest != seen.Digest ? $"The governance document is another version {seen.Version} than the one that this device has seen."
        : null;

    private static BundleReading VerifyAmendment(ApprovalBundle bundle, BundleTerms terms, Governed governed, DateTimeOffset now) =>
        TryReadIntent(bundle, out var payment, out var refused)
            ? AmendmentVerifier.Verify(bundle, payment, governed, now, () => VerifyRequest(bundle, terms, governed, now), intent => ApproverProblem(terms, intent, governed))
            : refused;

    private static BundleReading VerifyRequest(ApprovalBundle bundle, BundleTerms terms, Governed governed, DateTimeOffset now)
    {
        if (!StrictBase64Url.TryDecode(bundle.Request ?? "!", out var body))
        {
            return Refused(BundleFact.Request, RefusalCode.BodyMalformed, "The request is missing, or not base64url.");
        }

        // The intent names the version that it was made under; the newest one must allow it too, below.
        var named = TryReadIntent(bundle, out var readable, out _) ? governed.AsOf(readable.GovernanceDigest) ?? governed : governed;
        var facts = new AdmissionFacts(body, bundle.RequestSignature, bundle.Customer, bundle.WhitelistEntry, named, ActivationAsTold(bundle, named, now), now, ChainTime: now, HistoryAsTold(bundle), bundle.Prices, MadeAt(bundle),
            IsSigned: bundle.Amendment is not null);
        var admission = AdmissionRule.EvaluateUnscreened(facts);
        return admission.Admitted is not { } admitted || !admission.Verdict.IsAllowed
                ? Refused(FactOf(admission), admission.Verdict.Code, admission.Verdict.Detail)
            : WithdrawalId.Derive(admitted.Request.ClientId, admitted.Request.RequestId) != bundle.Id
                ? Refused(BundleFact.Request, RefusalCode.IntentMismatch, "The request belongs to another withdrawal.")
            : VerifyIntent(bundle, terms, governed, facts, admitted, now);
    }

    private static BundleReading VerifyIntent(ApprovalBundle bundle, BundleTerms terms, Governed newest, AdmissionFacts facts, Admitted admitted, DateTimeOffset now)
    {
        if (!TryReadIntent(bundle, out var intent, out var refused))
        {
            return refused;
        }

        var governed = facts.Governed;
        if (IntentAgreement.Problem(intent, admitted, governed, now) is { } disagreement)
        {
            return Refused(BundleFact.Intent, RefusalCode.IntentTampered, disagreement);
        }

        var (passes, rules) = IntentTerms.Of(intent, newest);
        if (!passes.IsAllowed)
        {
            return Refused(BundleFact.Governance, passes.Code, passes.Detail);
        }

        if (AdmissionRule.EvaluateUnscreened(facts with { Governed = newest }) is { Verdict: { IsAllowed: false } refusal })
        {
            return Refused(BundleFact.Governance, RefusalCode.GovernanceTightened, IntentTerms.Tightened(newest, $"refuses it: {refusal.Detail}").Detail);
        }

        if (intent.Attempt != bundle.Attempt)
        {
            return Refused(BundleFact.Intent, RefusalCode.AttemptMismatch, $"The intent is of attempt {intent.Attempt}, and the server says attempt {bundle.Attempt}.");
        }

        if (intent.ParentDigest is not null && !IsParent(bundle.ParentIntent, intent))
        {
            return Refused(BundleFact.Intent, RefusalCode.IntentTampered, "The previous attempt's intent is missing, or not the one that this intent names.");
        }

        if (ApproverProblem(terms, intent, newest) is { } problem)
        {
            return problem;
        }

        return new BundleReading.Verified(new VerifiedBundle
        {
            Governed = governed,
            Newest = newest,
            Admitted = admitted,
            Intent = intent,
            IntentDigest = intent.Digest(),
            Votes = [.. bundle.Votes.Select(v => VoteRule.Verify(v, intent, governed, StopView.Empty, now)).Where(v => v.Verdict.IsAllowed).Select(v => (v.Approver!, v.Statement!))],
            Tally = ApprovalCount.Under(rules, bundle.Votes, intent, StopView.Empty, now),
            StatusAsTold = bundle.Status,
            ActivatedAsTold = bundle.WhitelistActivatedAt!.Value,
            DeadlineAsTold = bundle.ApprovalDeadline,
        });
    }

    private static BundleFact FactOf(AdmissionReading admission) => (admission.Stage, admission.Verdict.Code) switch
    {
        ("policy", _) => BundleFact.Policy,
        ("whitelist", _) => BundleFact.WhitelistEntry,
        (_, RefusalCode.CustomerUnknown) => BundleFact.Customer,
        (_, RefusalCode.BodyMalformed or RefusalCode.RequestExpired) => BundleFact.Request,
        _ => BundleFact.RequestSignature,
    };

    // A device does not see the stop journal. It takes the server's word for when the entry became active, and for that alone;
    // what it shows marks it so, and the gate reads the journal itself before it signs.
    private static StopView ActivationAsTold(ApprovalBundle bundle, Governed newest, DateTimeOffset now)
    {
        if (bundle.WhitelistActivatedAt is not { } at)
        {
            return StopView.Empty;
        }

        try
        {
            var entry = CanonicalJson.Deserialize<WhitelistEntry>(bundle.WhitelistEntry?.PayloadBytes());
            var signedUnder = newest;
            while (signedUnder.Previous is { } before && !WhitelistSignatures.Hold(bundle.WhitelistEntry!, entry.ClientId, signedUnder, [], now))
            {
                signedUnder = before;
            }

            return StopView.Empty
                .With(new StopEntry(1, 1, "", at, StopKind.GovernanceInForce, signedUnder.Document.Version.ToString(CultureInfo.InvariantCulture), null, signedUnder.Digest, "", []))
                .With(new StopEntry(1, 2, "", at, StopKind.EntryActivated, entry.EntryId, null, entry.Digest(), "", WhitelistEvidence.Of(bundle.WhitelistEntry!)));
        }
        catch (JsonException)
        {
            return StopView.Empty;
        }
    }

    // Nor does it see the signing journals: whether the entry was paid before is the server's word too, and the gate's to know.
    private static IReadOnlyCollection<SigningView>? HistoryAsTold(ApprovalBundle bundle) =>
        bundle.PaidBefore is not { } paid ? null
        : !paid ? [SigningView.Empty]
        : TryReadIntent(bundle, out var intent, out _)
            ? [SigningView.Empty.With(new SigningEntry(1, 1, "", DateTimeOffset.MinValue, "as-told", 1, IntentKind.Withdrawal, "", [], "", intent.Asset, intent.Destination, 0, Entry: intent.WhitelistEntryId))]
        : null;

    private static DateTimeOffset? MadeAt(ApprovalBundle bundle) => TryReadIntent(bundle, out var intent, out _) ? intent.CreatedAt : null;

    private static bool TryReadIntent(ApprovalBundle bundle, out WithdrawalIntent intent, out BundleReading refused)
    {
        intent = null!;
        refused = null!;
        if (bundle.Intent is null)
        {
            refused = Refused(BundleFact.Intent, RefusalCode.NotAwaitingApproval, "There is no intent yet: the withdrawal does not await approval.");
            return false;
        }

        try
        {
            if (!StrictBase64Url.TryDecode(bundle.Intent, out var canonical) || WithdrawalIntent.DigestOf(canonical) != bundle.IntentDigest)
            {
                refused = Refused(BundleFact.IntentDigest, RefusalCode.IntentTampered, "The digest of the intent is not the one that the server names.");
                return false;
            }

            intent = CanonicalJson.Deserialize<WithdrawalIntent>(canonical);
            return true;
        }
        catch (JsonException problem)
        {
            refused = Refused(BundleFact.Intent, RefusalCode.IntentTampered, $"The intent is malformed: {problem.Message}");
            return false;
        }
    }

    private static bool IsParent(string? told, WithdrawalIntent intent)
    {
        try
        {
            return StrictBase64Url.TryDecode(told ?? "!", out var canonical) && WithdrawalIntent.DigestOf(canonical) == intent.ParentDigest
                && CanonicalJson.Deserialize<WithdrawalIntent>(canonical) is var parent
                && parent.WithdrawalId == intent.WithdrawalId && parent.Attempt == intent.Attempt - 1;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static BundleReading.Refused? ApproverProblem(BundleTerms terms, WithdrawalIntent intent, Governed governed)
    {
        var holder = governed.Holder(terms.KeyId, KeyRole.ApproverDevice);
        return holder?.OwnerId != terms.ApproverId || holder.DeviceId != terms.DeviceId
                ? Refused(BundleFact.Approver, RefusalCode.DeviceUnknown, $"Governance does not register the key '{terms.KeyId}' for the device '{terms.DeviceId}' of '{terms.ApproverId}'.")
            : SelfApprovalRule.IsInitiator(governed.Document.Approvers.First(a => a.Id == holder.OwnerId), intent, governed)
                ? Refused(BundleFact.Approver, RefusalCode.SelfApproval, "Who initiated a withdrawal cannot approve it.")
            : null;
    }

    private static BundleReading.Refused Refused(BundleFact fact, RefusalCode code, string detail) => new(fact, code, detail);
}
