using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Ledger;
using Custody.Core.Maintenance;
using Custody.Core.Results;
using Custody.Core.Storage;

namespace Custody.Functions.Maintenance;

/// <summary>Ends an order that was never signed: the stop journal first, then every signing journal is closed for it, and only then its nonce and what it reserved are given back.</summary>
public sealed class UpkeepEnder(IStopJournal stops, ISigningJournal signings, INonceStore nonces, IReservationStore reservations)
{
    /// <summary>The ended file, to be saved; null when a journal has a line for it, so that a signature may exist.</summary>
    public async Task<UpkeepFile?> EndAsync(UpkeepFile file, RefusalCode code, string detail, Governed governed, CancellationToken cancellation)
    {
        await stops.AppendAsync(
            head => head.View.EndOf(file.Id) is null ? new StopFact(StopKind.WithdrawalEnded, file.Id, detail, Code: code.Text()) : null, cancellation);
        foreach (var vault in governed.EveryVault)
        {
            var mayBeSigned = false;
            await signings.AppendAsync(
                vault.Id,
                head =>
                {
                    mayBeSigned = head.View.Of(file.Id).Count > 0;
                    return mayBeSigned || head.View.IsClosed(file.Id) ? null : SigningFact.Close(file.Id);
                },
                cancellation);
            if (mayBeSigned)
            {
                return null;
            }
        }

        foreach (var vault in governed.EveryVault.Where(v => v.Chain == file.Order.Chain && v.Chain.IsEvm))
        {
            await nonces.ReleaseAsync(vault.Chain, vault.EvmAddress(), file.Id, cancellation);
        }

        if (UpkeepReservations.For(file.Order, governed) is { } reservation)
        {
            await reservations.ReleaseAsync(reservation, cancellation);
        }

        return file with { Status = UpkeepStatus.Refused, Reason = code.Text(), ReasonDetail = detail };
    }
}
