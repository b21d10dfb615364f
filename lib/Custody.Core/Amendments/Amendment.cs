using System.Text.Json;
using Custody.Core.Encoding;
using Custody.Core.Intents;
using Custody.Core.Withdrawals;

namespace Custody.Core.Amendments;

/// <summary>
/// What was ordered about a payment that is signed and in no block, as its file holds it: nothing of it is believed before
/// <see cref="AmendmentRule"/> has read it.
/// </summary>
/// <param name="Number">Counts from 1 within the attempt.</param>
/// <param name="Intent">The stored intent, a <see cref="IntentKind.FeeBump"/> or <see cref="IntentKind.Cancel"/>; null when it is missing or malformed.</param>
/// <param name="Order">What it follows from: an operator's proposal, or the client's cancellation; a compact JWS.</param>
/// <param name="Votes">The votes over its digest, as posted.</param>
public sealed record Amendment(int Number, WithdrawalIntent? Intent, string Order, IReadOnlyList<string> Votes)
{
    /// <summary>True for the client's cancellation of a signed payment.</summary>
    public bool IsCancel => Intent?.Kind == IntentKind.Cancel;

    /// <summary>Every amendment of an attempt, oldest first.</summary>
    public static IReadOnlyList<Amendment> Of(WithdrawalCase file, int attempt)
    {
        var found = new List<Amendment>();
        for (var number = 1; At(file, attempt, number) is { } amendment; number++)
        {
            found.Add(amendment);
        }

        return found;
    }

    /// <summary>One amendment; null when the file has none of that number.</summary>
    public static Amendment? At(WithdrawalCase file, int attempt, int number) =>
        file.Find(CaseDocuments.AmendmentOrder(attempt, number)) is null && file.Find(CaseDocuments.AmendmentIntent(attempt, number)) is null ? null
            : new Amendment(
                number,
                Read(file.Find(CaseDocuments.AmendmentIntent(attempt, number))),
                Text(file.Find(CaseDocuments.AmendmentOrder(attempt, number))),
                [.. file.WithPrefix(CaseDocuments.AmendmentVotes(attempt, number)).Select(Text)]);

    private static WithdrawalIntent? Read(CaseDocument? document)
    {
        try
        {
            return document is null ? null : CanonicalJson.Deserialize<WithdrawalIntent>(document.Content.Span);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Text(CaseDocument? document) => document is null ? "" : System.Text.Encoding.ASCII.GetString(document.Content.Span);
}
