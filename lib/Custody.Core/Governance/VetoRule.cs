using System.Text.Json;
using Custody.Core.Encoding;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Governance;

/// <summary>Rule: any single governor of the version in force stops a proposal of the next one, for as long as it is not in force.</summary>
public static class VetoRule
{
    /// <summary>Verifies a veto; the statement only when the verdict allows.</summary>
    public static (Verdict Verdict, GovernanceVeto? Veto) Verify(string compact, Governed governed, StopView stops, DateTimeOffset now)
    {
        switch (Jws.Verify(compact, DocumentType.GovernanceVeto, governed.Keys(KeyRole.Governor), now))
        {
            case JwsVerification.Invalid invalid:
                return (SignatureRefusal.Of(invalid), null);
            case JwsVerification.Valid valid:
                try
                {
                    var veto = CanonicalJson.Deserialize<GovernanceVeto>(valid.Payload);
                    var verdict = Check(veto, governed.Holder(valid.Key.KeyId, KeyRole.Governor)!.OwnerId, stops, now);
                    return (verdict, verdict.IsAllowed ? veto : null);
                }
                catch (JsonException problem)
                {
                    return (Verdict.Refused(RefusalCode.BodyMalformed, $"The veto is malformed: {problem.Message}"), null);
                }

            default:
                return default;
        }
    }

    private static Verdict Check(GovernanceVeto veto, string signer, StopView stops, DateTimeOffset now) =>
        veto.Version != 1 ? Verdict.Refused(RefusalCode.BodyMalformed, "The veto has an unknown version.")
        : veto.GovernorId != signer ? Verdict.Refused(RefusalCode.SignatureKeyUnknown, "The key is not the one of the governor whom the veto names.")
        : veto.SignedAt > now + Jws.ClockSkew || veto.ExpiresAt <= now ? Verdict.Refused(RefusalCode.StatementExpired, "The veto has expired, or is from the future.")
        : veto.GovernanceVersion <= stops.GovernanceVersion ? Verdict.Refused(RefusalCode.TooLate, $"Governance version {stops.GovernanceVersion} is in force.")
        : stops.OpenProposals.All(p => p.Digest != veto.GovernanceDigest) ? Verdict.Refused(RefusalCode.GovernanceNotProposed, "There is no open proposal with this digest.")
        : Verdict.Allowed;
}
