using System.Collections.Immutable;
using Custody.Core.Governance;

namespace Custody.Core.Whitelisting;

/// <summary>
/// Rule: a suspension ends only when the same quorum that an entry's approval needs signs the end of that very suspension. It
/// is asked when the statements come in, and again, of the journal line's evidence, whenever the entry is used.
/// </summary>
public static class ReinstatementRule
{
    /// <summary>Who of the statements' signers count towards the end of the suspension at <paramref name="suspension"/>, as of <paramref name="at"/>.</summary>
    public static WhitelistTally Count(
        IEnumerable<string> statements, WhitelistEntry entry, long suspension, Governed governed, ImmutableHashSet<string> suspended, int extra, DateTimeOffset at) => new(
        ClientSigned: false,
        WhitelistQuorum.Count(
            statements.Select(s => WhitelistStatementRule.Verify(s, entry, governed, at))
                .Where(r => r.Verdict.IsAllowed && r.Statement!.Action == WhitelistAction.Reinstate && r.Statement.SuspensionSequence == suspension)
                .Select(r => r.Holder!),
            entry.ClientId,
            governed,
            suspended,
            at),
        WhitelistQuorum.Needed(governed, extra),
        governed.Document.Whitelist.Sites());
}
