using System.Text.Json;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Restoring;

/// <summary>
/// Rule: a restored store is accepted only with a statement that the quorum of governors signed whom the newest governance version
/// names, which is verified with every version before it from the trust root; that names every journal and account exactly once; and
/// that is not old. Whether the store is the one that it names is the start's to compare.
/// </summary>
public static class RestoreStatementRule
{
    /// <summary>How long a statement may live: what it says of the chain is soon another.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Verifies a statement against the pinned trust root (hex).</summary>
    public static RestoreReading Verify(RestoreBundle bundle, string pinnedRoot, DateTimeOffset now)
    {
        var reading = Read(bundle, pinnedRoot, now);
        if (!reading.Verdict.IsAllowed)
        {
            return reading;
        }

        var governors = reading.Governed!.Document.Governors;
        var signers = GovernanceSigners.Of(governors, bundle.Statement, now, DocumentType.Restore).Count;
        return signers >= governors.Quorum && governors.Quorum >= 1
            ? reading
            : new RestoreReading(Verdict.Refused(
                RefusalCode.RestoreUnsigned,
                $"The restore statement has {signers} valid signatures of the {governors.Quorum} governors of version {reading.Statement!.GovernanceVersion} that it needs."));
    }

    /// <summary>The same without counting signatures, for who is about to add one.</summary>
    public static RestoreReading Read(RestoreBundle bundle, string pinnedRoot, DateTimeOffset now)
    {
        RestoreStatement statement;
        var payload = bundle.Statement.PayloadBytes();
        try
        {
            statement = CanonicalJson.Deserialize<RestoreStatement>(payload);
        }
        catch (JsonException malformed)
        {
            return Refused($"The restore statement is malformed: {malformed.Message}");
        }

        if (GovernanceVerifier.VerifyChain(bundle.Governance, pinnedRoot, now) is not GovernanceReading.Verified { Governed: var governed } chain)
        {
            return Refused("The governance that comes with the restore statement does not verify from the trust root.");
        }

        return Problem(statement, governed, pinnedRoot, now) is { } problem
            ? Refused(problem)
            : new RestoreReading(Verdict.Allowed, statement, RestoreStatement.DigestOf(payload), chain.Governed);
    }

    private static string? Problem(RestoreStatement statement, Governed governed, string pinnedRoot, DateTimeOffset now) =>
        statement.Version != 1 ? "The restore statement must be of version 1."
        : statement.TrustRoot != pinnedRoot ? "The restore statement names another trust root."
        : statement.GovernanceVersion != governed.Document.Version || statement.GovernanceDigest != governed.Digest
            ? "The restore statement names another governance version than the newest that comes with it."
        : statement.SignedAt > now + Jws.ClockSkew ? "The restore statement is from the future."
        : statement.ExpiresAt <= now ? "The restore statement has expired."
        : statement.ExpiresAt > statement.SignedAt + Longest ? "The restore statement must expire within a day."
        : string.IsNullOrWhiteSpace(statement.Reason) ? "The restore statement gives no reason."
        : JournalsProblem(statement, governed) ?? AccountsProblem(statement, governed);

    private static string? JournalsProblem(RestoreStatement statement, Governed governed)
    {
        var names = governed.EveryVault.Select(v => RestoreStatement.SigningJournal(v.Id)).Append(RestoreStatement.StopJournal);
        return !names.Order(StringComparer.Ordinal).SequenceEqual(statement.Journals.Select(j => j.Name).Order(StringComparer.Ordinal), StringComparer.Ordinal)
                ? "The restore statement must name the stop journal and the signing journal of every vault that was ever registered, each once."
            : statement.Journal(RestoreStatement.StopJournal)!.Accepted is null ? "Without a stop journal nothing can be restored."
            : null;
    }

    private static string? AccountsProblem(RestoreStatement statement, Governed governed)
    {
        var accounts = governed.EveryVault.Where(v => v.Chain.IsEvm).Select(v => (v.Id, v.Chain, Account: v.EvmAddress().ToString()));
        return accounts.OrderBy(a => a.Id, StringComparer.Ordinal)
            .SequenceEqual(statement.Accounts.Select(a => (a.VaultId, a.Chain, a.Account)).OrderBy(a => a.VaultId, StringComparer.Ordinal))
            ? null
            : "The restore statement must name the account of every vault that was ever registered, each once, as its public key gives it.";
    }

    private static RestoreReading Refused(string detail) => new(Verdict.Refused(RefusalCode.RestoreInvalid, detail));
}
