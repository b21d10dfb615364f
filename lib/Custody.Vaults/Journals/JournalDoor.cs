using Custody.Core.Journals;
using Custody.Core.Results;

namespace Custody.Vaults.Journals;

/// <summary>
/// Where the other roles hand in lines for the journals, which the signer alone writes. A line goes to exactly the head that they
/// decided at. What only tightens is taken at their word; for what loosens the signatures behind it are verified here again, so
/// that whoever holds another role can stop payments and let none go.
/// </summary>
public sealed class JournalDoor(IStopJournal stops, ISigningJournal signings, StopEvidence evidence)
{
    /// <summary>Appends a line to the stop journal.</summary>
    public async Task<AppendAnswer> AppendAsync(JournalHead decidedAt, StopFact fact, CancellationToken cancellation)
    {
        var reading = await stops.ReadAsync(cancellation).ConfigureAwait(false);
        if (reading.Head != decidedAt)
        {
            return new AppendAnswer.Conflict();
        }

        if (!Follows(fact, reading))
        {
            return new AppendAnswer.Refused(RefusalCode.FactUnproven, "The journal would not be readable after such a line.");
        }

        if (!StopKinds.OnlyTightens(fact.Kind) && await evidence.CheckAsync(fact, reading.View, cancellation).ConfigureAwait(false) is { IsAllowed: false } refused)
        {
            return new AppendAnswer.Refused(refused.Code, refused.Detail);
        }

        var isThere = false;
        var after = await stops.AppendAsync(
            head =>
            {
                isThere = head.Head == decidedAt;
                return isThere ? fact : null;
            },
            cancellation).ConfigureAwait(false);
        return isThere ? new AppendAnswer.Appended(after.Head) : new AppendAnswer.Conflict();
    }

    // A line that readers stumble over would stop everything for good: it is tried on what they have before it is there.
    private static bool Follows(StopFact fact, JournalReading<StopView> reading)
    {
        try
        {
            var line = new StopEntry(
                1, reading.Head.Sequence + 1, reading.Head.Hash, DateTimeOffset.UnixEpoch, fact.Kind, fact.Subject, fact.Attempt, fact.Digest, fact.Reason, fact.Evidence ?? [], fact.Code);
            return fact.Evidence?.Contains(null!) != true && reading.View.With(line) is not null;
        }
        catch (Exception broken) when (broken is JournalBrokenException or ArgumentException or FormatException or InvalidOperationException or IndexOutOfRangeException or System.Text.Json.JsonException)
        {
            return false;
        }
    }

    /// <summary>Closes a vault's signing journal for what ended unpaid, or for its attempts up to one. Any other line there is the gate's alone.</summary>
    public async Task<AppendAnswer> CloseAsync(string vaultId, JournalHead decidedAt, string id, int upTo, CancellationToken cancellation)
    {
        AppendAnswer answer = new AppendAnswer.Conflict();
        var after = await signings.AppendAsync(
            vaultId,
            head =>
            {
                answer = head.Head != decidedAt ? new AppendAnswer.Conflict()
                    : head.View.Of(id).Count > 0 ? new AppendAnswer.Refused(RefusalCode.TooLate, "The journal has a line for it: a signature exists or may exist.")
                    : new AppendAnswer.Appended(head.Head);
                return answer is AppendAnswer.Appended ? SigningFact.Close(id, upTo) : null;
            },
            cancellation).ConfigureAwait(false);
        return answer is AppendAnswer.Appended ? new AppendAnswer.Appended(after.Head) : answer;
    }
}
