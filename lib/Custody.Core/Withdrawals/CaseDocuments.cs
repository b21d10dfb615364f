using System.Globalization;

namespace Custody.Core.Withdrawals;

/// <summary>The names of the documents in a withdrawal's file.</summary>
public static class CaseDocuments
{
    /// <summary>The exchange's request, its exact bytes, with its detached signature.</summary>
    public const string Request = "request";

    /// <summary>The client's cancellation, a compact JWS.</summary>
    public const string Cancellation = "cancellation";

    /// <summary>An attempt's intent, canonical bytes.</summary>
    public static string Intent(int attempt) => Name("intent", attempt);

    /// <summary>The prefix of an attempt's votes.</summary>
    public static string Votes(int attempt) => Name("vote", attempt) + "-";

    /// <summary>An approver's vote, a compact JWS. One name for each approver: a second vote finds the place taken.</summary>
    public static string Vote(int attempt, string approverId) => Votes(attempt) + approverId;

    /// <summary>What an attempt reserves, stored before it is reserved.</summary>
    public static string Reservation(int attempt) => Name("reservation", attempt);

    /// <summary>What an attempt reserves instead when its vault could not, at another of its rule's vaults; <paramref name="other"/> counts from 1.</summary>
    public static string Reservation(int attempt, int other) => other == 0 ? Reservation(attempt) : $"{Reservation(attempt)}-{Name("vault", other)}";

    /// <summary>An attempt's unsigned transaction, and the prefix of those that replace it.</summary>
    public static string Unsigned(int attempt) => Name("unsigned", attempt);

    /// <summary>The unsigned transaction that replaces an attempt's earlier ones; <paramref name="replacement"/> counts from 1.</summary>
    public static string Unsigned(int attempt, int replacement) => $"{Unsigned(attempt)}-{Name("replacement", replacement)}";

    /// <summary>The same for an amendment of the attempt. The name only says where to look: the gate asks whether the bytes are the amendment's.</summary>
    public static string Unsigned(int attempt, int replacement, int amendment) => $"{Unsigned(attempt, replacement)}-{Name("amendment", amendment)}";

    /// <summary>The number of the amendment that unsigned bytes are for, by their name; null for the payment's own.</summary>
    public static int? AmendmentOf(string unsignedName) =>
        unsignedName.Split("-amendment-") is [_, var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : null;

    /// <summary>What an amendment follows from: an operator's proposal of a higher fee, or the client's cancellation; a compact JWS.</summary>
    public static string AmendmentOrder(int attempt, int number) => $"{Amendment(attempt, number)}-order";

    /// <summary>An amendment's intent, canonical bytes.</summary>
    public static string AmendmentIntent(int attempt, int number) => $"{Amendment(attempt, number)}-intent";

    /// <summary>The prefix of an amendment's votes.</summary>
    public static string AmendmentVotes(int attempt, int number) => $"{Amendment(attempt, number)}-vote-";

    /// <summary>An approver's vote on an amendment.</summary>
    public static string AmendmentVote(int attempt, int number, string approverId) => AmendmentVotes(attempt, number) + approverId;

    private static string Amendment(int attempt, int number) => string.Create(CultureInfo.InvariantCulture, $"{Name("amendment", attempt)}-{number:D4}");

    /// <summary>The comparison certificate of the bytes that were signed for a sighash, a compact JWS.</summary>
    public static string Certificate(int attempt, string sighash) => $"{Name("certificate", attempt)}-{sighash[..16]}";

    /// <summary>The prefix of the statements that resolve a hold.</summary>
    public static string Resolutions(int hold) => Name("resolution", hold) + "-";

    /// <summary>An operator's statement on a hold, a compact JWS. One that expired, or another mind, is a statement of its own.</summary>
    public static string Resolution(int hold, string operatorId, string compact) =>
        $"{Resolutions(hold)}{operatorId}-{Encoding.DomainDigest.Hex("custody/resolution/v1", System.Text.Encoding.ASCII.GetBytes(compact))[..16]}";

    /// <summary>The prefix of what screening answered for an attempt.</summary>
    public static string Screenings(int attempt) => Name("screening", attempt) + "-";

    /// <summary>What screening answered for an attempt, by the digest of the answer: the same answer again is the same document.</summary>
    public static string Screening(int attempt, string digest) => Screenings(attempt) + digest[..16];

    /// <summary>The prefix of the releases of an attempt's screening hits.</summary>
    public static string ScreeningReleases(int attempt) => Name("release", attempt) + "-";

    /// <summary>The prefix of those among them that were signed in one hold.</summary>
    public static string ScreeningReleases(int attempt, int hold) => string.Create(CultureInfo.InvariantCulture, $"{ScreeningReleases(attempt)}{hold:D4}-");

    /// <summary>An operator's half of a release, a compact JWS. One that expired is signed again as a half of its own.</summary>
    public static string ScreeningRelease(int attempt, int hold, string operatorId, string compact) =>
        $"{ScreeningReleases(attempt, hold)}{operatorId}-{Encoding.DomainDigest.Hex("custody/screening-release/v1", System.Text.Encoding.ASCII.GetBytes(compact))[..16]}";

    /// <summary>The prefix of an attempt's records of video calls.</summary>
    public static string Videos(int attempt) => Name("video", attempt) + "-";

    /// <summary>An operator's record of a video call, a compact JWS. One that expired is recorded again as a document of its own.</summary>
    public static string Video(int attempt, string operatorId, string compact) =>
        $"{Videos(attempt)}{operatorId}-{Encoding.DomainDigest.Hex("custody/video/v1", System.Text.Encoding.ASCII.GetBytes(compact))[..16]}";

    /// <summary>Says that the approvers of an attempt were reminded.</summary>
    public static string Reminder(int attempt) => Name("reminder", attempt);

    /// <summary>Says that the withdrawal was held for a restore, by the line of the stop journal.</summary>
    public static string Restored(long sequence) => string.Create(CultureInfo.InvariantCulture, $"restored-{sequence:D8}");

    private static string Name(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{number:D4}");
}
