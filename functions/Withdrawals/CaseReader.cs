using System.Text.Json;
using Custody.Core.Amendments;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Ledger;
using Custody.Core.Results;
using Custody.Core.Screening;
using Custody.Core.Withdrawals;

namespace Custody.Functions.Withdrawals;

/// <summary>Reads the documents of a withdrawal's file.</summary>
public static class CaseReader
{
    /// <summary>The intent of an attempt; null when it is missing or malformed.</summary>
    public static WithdrawalIntent? Intent(this WithdrawalCase file, int attempt) =>
        file.Find(CaseDocuments.Intent(attempt)) is { } document ? Read<WithdrawalIntent>(document) : null;

    /// <summary>Every intent of an attempt that something may have been signed for: its own, and those of its amendments.</summary>
    public static IEnumerable<WithdrawalIntent> Intents(this WithdrawalCase file, int attempt) =>
        ((WithdrawalIntent?[])[file.Intent(attempt), .. Amendment.Of(file, attempt).Select(a => a.Intent)]).OfType<WithdrawalIntent>();

    /// <summary>The intent of the attempt that the withdrawal is in.</summary>
    public static WithdrawalIntent? Intent(this WithdrawalCase file) => file.Intent(file.State.Attempt);

    /// <summary>
    /// The intents of every attempt so far, oldest first; null when one is missing or they do not follow from each other.
    /// </summary>
    public static IReadOnlyList<WithdrawalIntent>? Intents(this WithdrawalCase file)
    {
        var intents = new List<WithdrawalIntent>();
        string? parent = null;
        for (var attempt = 1; attempt <= file.State.Attempt; attempt++)
        {
            if (file.Intent(attempt) is not { } intent || intent.Attempt != attempt || intent.ParentDigest != parent)
            {
                return null;
            }

            intents.Add(intent);
            parent = intent.Digest();
        }

        return file.State.IntentDigest == parent ? intents : null;
    }

    /// <summary>What the attempt reserved, or the attempt before it did; null when nothing was.</summary>
    public static Reservation? Reservation(this WithdrawalCase file)
    {
        for (var attempt = file.State.Attempt; attempt >= 1; attempt--)
        {
            if (file.Reservations(attempt) is [.., var newest])
            {
                return newest;
            }
        }

        return null;
    }

    /// <summary>The request as its client signed it, under any governance; null when the file has none that verifies and is this withdrawal's.</summary>
    public static WithdrawalRequest? SignedRequest(this WithdrawalCase file, Governed governed, DateTimeOffset now) =>
        file.Find(CaseDocuments.Request) is { } document && RequestSignature.Signed(document.Content, document.Signature, governed, now) is { } request
            && WithdrawalId.Derive(request.ClientId, request.RequestId) == file.State.Id ? request : null;

    /// <summary>
    /// What the attempt tried to reserve, oldest first: one, unless a vault could not and another of the rule's was tried. One that
    /// is malformed is null.
    /// </summary>
    public static IReadOnlyList<Reservation?> Reservations(this WithdrawalCase file, int attempt)
    {
        var reservations = new List<Reservation?>();
        while (file.Find(CaseDocuments.Reservation(attempt, reservations.Count)) is { } document)
        {
            reservations.Add(Read<Reservation>(document));
        }

        return reservations;
    }

    private static T? Read<T>(CaseDocument document)
        where T : class
    {
        try
        {
            return CanonicalJson.Deserialize<T>(document.Content.Span);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A document that holds a compact JWS, as text.</summary>
    public static string Compact(this CaseDocument document) => System.Text.Encoding.ASCII.GetString(document.Content.Span);

    /// <summary>Whether two operators released, in this hold, what screening found.</summary>
    public static bool IsReleased(this WithdrawalCase file, Governed governed, DateTimeOffset now)
    {
        var state = file.State;
        return state.Status == WithdrawalStatus.Held && state.Reason == RefusalCode.ScreeningHit && ScreeningReleaseRule.IsWorthAnotherLook(
            file.Compacts(CaseDocuments.ScreeningReleases(state.Attempt, state.Hold)),
            [.. file.Compacts(CaseDocuments.ScreeningReleases(state.Attempt))],
            state.Id,
            state.Attempt,
            governed,
            now);
    }

    /// <summary>The compact JWSs of the documents with a prefix.</summary>
    public static IEnumerable<string> Compacts(this WithdrawalCase file, string prefix) => file.WithPrefix(prefix).Select(Compact);
}
