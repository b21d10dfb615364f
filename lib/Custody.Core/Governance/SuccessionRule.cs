using System.Text.Json;
using Custody.Core.Encoding;
using Custody.Core.Governance.Change;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Governance;

/// <summary>
/// Rule: version N+1 names N's digest and is signed by the quorum that N names (as TUF rotates roots), never by its own. It
/// either tightens or weakens. A weakening names its risk assessment and carries a responsible officer's signature.
/// </summary>
public static class SuccessionRule
{
    /// <summary>Verifies the version after <paramref name="previous"/>. When it takes effect is not decided here.</summary>
    public static GovernanceReading Check(Governed previous, SignedDocument stored, DateTimeOffset now)
    {
        GovernanceDocument document;
        try
        {
            document = CanonicalJson.Deserialize<GovernanceDocument>(stored.PayloadBytes());
        }
        catch (JsonException malformed)
        {
            return Refused(RefusalCode.GovernanceInvalid, $"The governance document is malformed: {malformed.Message}");
        }

        var number = previous.Document.Version + 1;
        if (document.Version != number || document.Previous != previous.Digest)
        {
            return Refused(RefusalCode.GovernanceNotNext, $"The document must be version {number} and name the digest of version {number - 1}, {previous.Digest}.");
        }

        var signers = GovernanceSigners.Of(previous.Document.Governors, stored, now);
        if (signers.Count < previous.Document.Governors.Quorum)
        {
            return Refused(
                RefusalCode.GovernanceUnsigned,
                $"The document has {signers.Count} valid signatures of the {previous.Document.Governors.Quorum} governors of version {previous.Document.Version} that it needs.");
        }

        var holders = GovernanceKeys.Of(document);
        if (GovernanceConsistency.Problem(document, holders) is { } inconsistency)
        {
            return Refused(RefusalCode.GovernanceInvalid, inconsistency);
        }

        if (document.Vaults.FirstOrDefault(v => previous.EveryVault.Any(old => old.Id == v.Id && old != v with { Tier = old.Tier, State = old.State, Firmware = old.Firmware })) is { } rekeyed)
        {
            // Its signing journal is found by its id: under another key it would answer for slots that it never took.
            return Refused(RefusalCode.GovernanceInvalid, $"The vault '{rekeyed.Id}' had another key or chain before; a new key needs a new id.");
        }

        if (document.Vaults.FirstOrDefault(v => previous.EveryVault.Any(old => old.Id != v.Id && old.PublicKey == v.PublicKey)) is { } renamed)
        {
            // Its slots are in the other id's journal: under this one the key would sign again at nonces that it has signed at.
            return Refused(RefusalCode.GovernanceInvalid, $"The key of the vault '{renamed.Id}' was another vault's; a vault keeps its id, and a new vault needs a new key.");
        }

        // A vault that was left out for a while comes back in the state in which it went, or in one that follows.
        var moves = document.Vaults.SelectMany(v => previous.EveryVault.Where(old => old.Id == v.Id), (v, old) => KeyStateRule.CheckTransition(old, v));
        if (moves.FirstOrDefault(m => !m.IsAllowed) is { Code: not RefusalCode.Unspecified } move)
        {
            return Refused(move.Code, move.Detail);
        }

        var changes = GovernanceDiff.Between(previous.Document, document);
        return Problem(changes, document, signers) is { } problem
            ? Refused(problem.Code, problem.Detail)
            : new GovernanceReading.Verified(new Governed(document, previous.TrustRoot, holders, previous, changes));
    }

    private static Verdict? Problem(ChangeSet changes, GovernanceDocument document, IReadOnlyList<Governor> signers) =>
        changes.IsEmpty ? Verdict.Refused(RefusalCode.GovernanceUnchanged, "The document changes nothing.")
        : changes.IsMixed ? Verdict.Refused(
            RefusalCode.GovernanceMixed,
            $"The document both tightens and weakens; split it, or the tightening waits. It weakens: {changes.Changes.First(c => c.Direction == ChangeDirection.Weakens)}")
        : changes.Direction == ChangeDirection.Tightens ? null
        : document.Risk is not { Reference.Length: > 0, Digest.Length: 64 } ? Verdict.Refused(
            RefusalCode.GovernanceRiskMissing, $"The document weakens and must name its risk assessment with its SHA-256: {changes.Changes[0]}")
        : !signers.Any(s => s.ResponsibleOfficer == true) ? Verdict.Refused(
            RefusalCode.GovernanceRiskMissing, "The document weakens and needs a responsible officer's signature among those of its quorum.")
        : null;

    private static GovernanceReading.Refused Refused(RefusalCode code, string detail) => new(code, detail);
}
