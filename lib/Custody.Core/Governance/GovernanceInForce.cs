using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Governance;

/// <summary>Rule: the governance document is the very one that the stop journal says is in force.</summary>
public static class GovernanceInForce
{
    /// <summary>Verifies the stored document against the pinned root and the journal.</summary>
    public static GovernanceReading Check(SignedDocument? stored, StopView stops, string pinnedRoot, DateTimeOffset now) =>
        GovernanceVerifier.Verify(stored, pinnedRoot, now) switch
        {
            GovernanceReading.Verified verified when verified.Governed.Document.Version != stops.GovernanceVersion || verified.Governed.Digest != stops.GovernanceDigest
                => new GovernanceReading.Refused(
                    RefusalCode.GovernanceInvalid, "The governance document is not the one that the stop journal says is in force."),
            var reading => reading,
        };
}
