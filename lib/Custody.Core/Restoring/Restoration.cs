using System.Text.Json;
using Custody.Core.Encoding;
using Custody.Core.Journals;
using Custody.Core.Signatures;

namespace Custody.Core.Restoring;

/// <summary>A restore as the stop journal has it: the line, and the statement that it carries.</summary>
public sealed record Restoration(StopEntry Line, RestoreStatement Statement)
{
    /// <summary>What the line carries: the statement in the first signature's attached form, and the other signatures.</summary>
    public static IReadOnlyList<string> Evidence(SignedDocument signed) =>
        [new SignedDocument(signed.Payload, [signed.Signatures[0]]).ToCompact(), .. signed.Signatures.Skip(1)];

    /// <summary>Reads a line. Throws <see cref="JournalBrokenException"/> for one that carries no statement, or another than it names: nobody would know what was lost.</summary>
    public static Restoration Read(StopEntry line)
    {
        try
        {
            var payload = line.Evidence is [var first, ..] ? SignedDocument.FromCompact(first)?.PayloadBytes() ?? [] : [];
            return RestoreStatement.DigestOf(payload) == line.Digest
                ? new Restoration(line, CanonicalJson.Deserialize<RestoreStatement>(payload))
                : throw new JournalBrokenException($"The stop journal's line {line.Sequence} names another restore statement than it carries.");
        }
        catch (JsonException)
        {
            throw new JournalBrokenException($"The stop journal's line {line.Sequence} carries no restore statement.");
        }
    }

    /// <summary>
    /// Up to when a request counts as made before the restore: by the later of the governors' clocks and the host's, and with the
    /// minute by which the client's may be ahead.
    /// </summary>
    public DateTimeOffset Until => (Line.At > Statement.SignedAt ? Line.At : Statement.SignedAt) + Jws.ClockSkew;

    /// <summary>The last line that a vault's journal had when it was restored; −1 when it was begun then.</summary>
    public long LastLineOf(string vaultId) => Statement.Journal(RestoreStatement.SigningJournal(vaultId))?.Accepted?.Sequence ?? -1;
}
