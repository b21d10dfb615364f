using Custody.Core.Amendments;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Withdrawals;
using Custody.Functions.Governance;
using Custody.Functions.Withdrawals;

namespace Custody.Functions.Amendments;

/// <summary>Reads what was ordered about a signed payment, with the gate's own rule. What it says allows nothing: the gate reads it again.</summary>
public sealed class AmendmentReader(ISigningJournal signings, TimeProvider time)
{
    /// <summary>Every amendment of the attempt that the withdrawal is in, oldest first.</summary>
    public async Task<IReadOnlyList<ReadAmendment>> ReadAsync(WithdrawalCase file, GovernanceSnapshot.InForce inForce, CancellationToken cancellation)
    {
        var stored = Amendment.Of(file, file.State.Attempt);
        if (stored.Count == 0 || file.Intent() is not { } payment)
        {
            return [];
        }

        var facts = new AmendmentFacts(payment, inForce.Governed, inForce.Stops, await JournalsAsync(inForce.Governed, cancellation), time.GetUtcNow(), null, MaxFee(file));
        return [.. stored.Select(a => new ReadAmendment(a, AmendmentRule.Read(a, a.IsCancel ? facts with { RequestMaxFee = null } : facts)))];
    }

    /// <summary>Every line that may have led to a signature for the attempt that the withdrawal is in, oldest first.</summary>
    public async Task<IReadOnlyList<SigningEntry>> LinesAsync(WithdrawalCase file, Governed governed, CancellationToken cancellation) =>
        [.. (await EveryLineAsync(file, governed, cancellation)).Where(l => l.Attempt == file.State.Attempt)];

    /// <summary>The same for every attempt.</summary>
    public async Task<IReadOnlyList<SigningEntry>> EveryLineAsync(WithdrawalCase file, Governed governed, CancellationToken cancellation) =>
        [.. (await JournalsAsync(governed, cancellation)).SelectMany(j => j.Of(file.State.Id))];

    /// <summary>The most that the client's own request allows in fees; null where it says nothing.</summary>
    public static System.Numerics.BigInteger? MaxFee(WithdrawalCase file) =>
        file.Find(CaseDocuments.Request) is { } request && RequestReader.Read(request.Content.Span) is RequestReading.Read { Request: var read } ? read.MaxFee : null;

    private async Task<IReadOnlyList<SigningView>> JournalsAsync(Governed governed, CancellationToken cancellation)
    {
        var journals = new List<SigningView>();
        foreach (var vault in governed.EveryVault)
        {
            journals.Add((await signings.ReadAsync(vault.Id, cancellation)).View);
        }

        return journals;
    }
}
