using System.Text.Json;
using System.Text.Json.Nodes;
using Custody.Cli.Terminal;
using Custody.Core.Encoding;
using Custody.Core.Journals;
using Custody.Core.Reading;
using Custody.Core.Restoring;
using Spectre.Console;

namespace Custody.Cli.Restoring;

/// <summary>A restore statement for people and for scripts.</summary>
internal static class RestorePage
{
    public static JsonObject Document(RestoreStatement statement, string digest) => new()
    {
        ["digest"] = digest,
        ["statement"] = JsonSerializer.SerializeToNode(statement, CanonicalJson.Options),
    };

    public static void Paint(IAnsiConsole console, RestoreStatement statement, string digest)
    {
        console.MarkupLine(Theme.Strong("A restored store is accepted"));
        Facts.Write(
            console,
            ("Digest", digest),
            ("Reason", SafeText.Of(statement.Reason)),
            ("Governance", $"version {statement.GovernanceVersion}, {statement.GovernanceDigest}"),
            ("Drafted", InstantJsonConverter.Format(statement.SignedAt)),
            ("Usable until", InstantJsonConverter.Format(statement.ExpiresAt)));
        var journals = Tables.Create("journal", "had come to line", "accepted at line");
        foreach (var journal in statement.Journals)
        {
            journals.Row(Theme.Text(journal.Name), Theme.Text(Head(journal.Known) ?? "not known"), Theme.Text(Head(journal.Accepted) ?? "begun anew"));
        }

        console.Write(journals);
        var accounts = Tables.Create("vault", "account", "signatures may be forgotten below nonce");
        foreach (var account in statement.Accounts)
        {
            accounts.Row(Theme.Text(account.VaultId), Theme.Text($"{account.Chain} {account.Account}"), Theme.Text($"{account.UnknownBelow}"));
        }

        console.Write(accounts);
        console.MarkupLine(Theme.Quiet("Everything is frozen; what is open is held; what was asked for before is never signed again unless the restored journal knows it."));
    }

    private static string? Head(JournalHead? head) => head is null ? null : $"{head.Sequence} {head.Hash[..Math.Min(12, head.Hash.Length)]}…";
}
