using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Results;

namespace Custody.Core.Restoring;

/// <summary>
/// Rule: after a restore nothing is signed that a forgotten signature could pay a second time. What was asked for before the restore
/// is signed only where the restored journal knows a line of it: then whatever was lost conflicts with that line, and so does
/// whatever comes. And at a nonce that a lost line may have taken, nothing is signed but what the restored journal has there.
/// </summary>
public static class RestoredRule
{
    /// <summary>The newest restore that a request was issued before; null when there is none. A request without a time is from before each.</summary>
    public static Restoration? Before(StopView stops, DateTimeOffset? issuedAt) =>
        stops.Restores.LastOrDefault(r => issuedAt is not { } at || at <= r.Until);

    /// <summary>Whether a withdrawal that was asked for at a time may be signed, by the journals read to their heads.</summary>
    public static Verdict Check(StopView stops, DateTimeOffset? issuedAt, string withdrawalId, IReadOnlyDictionary<string, SigningView> journals) =>
        stops.Restores.Where(r => issuedAt is not { } at || at <= r.Until).All(r => IsKnown(r, withdrawalId, journals))
            ? Verdict.Allowed
            : Verdict.Refused(RefusalCode.Restored, "It was asked for before storage was restored, and a signature that nobody remembers may exist. It is matched with the chain, and never signed again.");

    /// <summary>Whether the slots may be taken: none is at a nonce that a lost line may have taken, save where the withdrawal has it already.</summary>
    public static Verdict CheckSlots(StopView stops, VaultRegistration vault, string withdrawalId, IReadOnlyList<string> slots, IReadOnlyDictionary<string, SigningView> journals)
    {
        if (!vault.Chain.IsEvm || UnknownBelow(stops, vault.Id) is not (> 0 and var below))
        {
            return Verdict.Allowed;
        }

        var lost = slots.FirstOrDefault(s => SigningSlot.NonceOf(s, vault.Chain, vault.EvmAddress()) is not { } nonce
            || (nonce < below && !journals.Values.Any(j => j.TakenBy(s)?.WithdrawalId == withdrawalId)));
        return lost is null ? Verdict.Allowed
            : Verdict.Refused(RefusalCode.Restored, $"The slot {lost} may have been signed in what a restore lost; nothing is signed below nonce {below}.");
    }

    /// <summary>The nonce below which lost lines of a vault may have signed; 0 when none may.</summary>
    public static ulong UnknownBelow(StopView stops, string vaultId) => stops.Restores
        .SelectMany(r => r.Statement.Accounts).Where(a => a.VaultId == vaultId).Select(a => a.UnknownBelow).DefaultIfEmpty(0UL).Max();

    /// <summary>
    /// Whether what somebody signed about a line of the stop journal is about this very line: a lost line may have had the same number,
    /// so what counts for a line since a restore was signed after it.
    /// </summary>
    public static bool IsAbout(StopView stops, long sequence, DateTimeOffset signedAt) =>
        !stops.Restores.Any(r => r.Line.Sequence <= sequence && signedAt <= r.Line.At);

    private static bool IsKnown(Restoration restore, string withdrawalId, IReadOnlyDictionary<string, SigningView> journals) =>
        journals.Any(j => j.Value.Of(withdrawalId).Any(line => line.Sequence <= restore.LastLineOf(j.Key)));
}
