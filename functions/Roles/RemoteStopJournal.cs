using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Vaults.Journals;

namespace Custody.Functions.Roles;

/// <summary>
/// The stop journal of a role that may only read it: it reads and verifies for itself, and hands what is to be appended to the
/// signer, for exactly the head that it decided at.
/// </summary>
public sealed class RemoteStopJournal(IStopJournal readable, RoleClient signer) : IStopJournal
{
    /// <inheritdoc />
    public Task<JournalReading<StopView>> ReadAsync(CancellationToken cancellation) => readable.ReadAsync(cancellation);

    /// <summary>
    /// As the interface says. Throws <see cref="RoleUnavailableException"/> when nobody knows whether the line is there; deciding again
    /// at the new head finds out.
    /// </summary>
    public async Task<JournalReading<StopView>> AppendAsync(Func<JournalReading<StopView>, StopFact?> decide, CancellationToken cancellation)
    {
        while (true)
        {
            var reading = await readable.ReadAsync(cancellation);
            if (decide(reading) is not { } fact)
            {
                return reading;
            }

            switch (await signer.CallAsync(RoleCalls.Append, new AppendMessage(1, reading.Head, fact), RoleAnswers.Append, cancellation))
            {
                case AppendAnswer.Appended appended:
                    return Own(await readable.ReadAsync(cancellation), appended.Head);
                case AppendAnswer.Refused refused:
                    throw new FactRefusedException(refused.Code, refused.Detail);
            }
        }
    }

    // The signer's word is not taken for it: the line counts once this role has read and verified it.
    private static JournalReading<StopView> Own(JournalReading<StopView> after, JournalHead said) =>
        after.Head.Sequence > said.Sequence || after.Head == said
            ? after
            : throw new RoleUnavailableException($"The signer said that line {said.Sequence} is there, and it is not ({RefusalCode.JournalBroken.Text()}).");
}
