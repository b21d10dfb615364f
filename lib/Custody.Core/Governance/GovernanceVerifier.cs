using System.Text.Json;
using Custody.Core.Encoding;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Governance;

/// <summary>Turns a stored governance document into one that rules accept, or says why not.</summary>
public static class GovernanceVerifier
{
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
            return new GovernanceReading.Refused(RefusalCode.GovernanceInvalid, "Only governance version 1, which has no previous one, is known.");
        }

        var root = document.Governors.TrustRoot();
        if (!string.Equals(root, pinnedRoot, StringComparison.Ordinal))
        {
            return new GovernanceReading.Refused(
                RefusalCode.TrustRootMismatch, $"The governance document's root is {root}, and the pinned trust root is {pinnedRoot}.");
        }

        var signers = Signers(document, stored, now);
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

    private static int Signers(GovernanceDocument document, SignedDocument stored, DateTimeOffset now)
    {
        RegisteredKey? Find(string keyId) => document.Governors.Members.FirstOrDefault(g => g.Key.KeyId == keyId)?.Key;
        var payload = stored.PayloadBytes();
        return stored.Signatures
            .Select(s => Jws.VerifyDetached(s, payload, DocumentType.Governance, Find, now))
            .OfType<JwsVerification.Valid>()
            .Select(v => v.Key.PublicKey)
            .Distinct(StringComparer.Ordinal)
            .Count();
    }
}
