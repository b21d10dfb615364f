using System.Text.Json;
using Custody.Core.Encoding;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Governance;

/// <summary>Turns stored governance documents into one that rules accept, or says why not.</summary>
public static class GovernanceVerifier
{
    /// <summary>Verifies the versions from the first one on, oldest first, against the pinned trust root (hex); the newest is what is returned.</summary>
    public static GovernanceReading VerifyChain(IReadOnlyList<SignedDocument> versions, string pinnedRoot, DateTimeOffset now)
    {
        var reading = Verify(versions.Count == 0 ? null : versions[0], pinnedRoot, now);
        foreach (var next in versions.Skip(1))
        {
            if (reading is not GovernanceReading.Verified { Governed: var previous })
            {
                break;
            }

            reading = SuccessionRule.Check(previous, next, now);
        }

        return reading;
    }

    /// <summary>Verifies version 1 against the pinned trust root (hex).</summary>
    public static GovernanceReading Verify(SignedDocument? stored, string pinnedRoot, DateTimeOffset now)
    {
        if (stored is null)
        {
            return new GovernanceReading.Refused(RefusalCode.GovernanceInvalid, "There is no governance document; 'custody init' writes the first.");
        }

        GovernanceDocument document;
        try
        {
            document = CanonicalJson.Deserialize<GovernanceDocument>(stored.PayloadBytes());
        }
        catch (JsonException problem)
        {
            return new GovernanceReading.Refused(RefusalCode.GovernanceInvalid, $"The governance document is malformed: {problem.Message}");
        }

        if (document.Version != 1 || document.Previous is not null)
        {
            return new GovernanceReading.Refused(RefusalCode.GovernanceInvalid, "The first governance document must be version 1, which has no previous one.");
        }

        var root = document.Governors.TrustRoot();
        if (!string.Equals(root, pinnedRoot, StringComparison.Ordinal))
        {
            return new GovernanceReading.Refused(
                RefusalCode.TrustRootMismatch, $"The governance document's root is {root}, and the pinned trust root is {pinnedRoot}.");
        }

        var signers = GovernanceSigners.Of(document.Governors, stored, now).Count;
        if (signers < document.Governors.Quorum || document.Governors.Quorum < 1)
        {
            return new GovernanceReading.Refused(
                RefusalCode.GovernanceUnsigned, $"The governance document has {signers} valid signatures of the {document.Governors.Quorum} that it needs.");
        }

        var holders = GovernanceKeys.Of(document);
        return GovernanceConsistency.Problem(document, holders) is { } inconsistency
            ? new GovernanceReading.Refused(RefusalCode.GovernanceInvalid, inconsistency)
            : new GovernanceReading.Verified(new Governed(document, root, holders));
    }
}
