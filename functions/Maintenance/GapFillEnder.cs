using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Maintenance;
using Custody.Core.Results;
using Custody.Core.Storage;

namespace Custody.Functions.Maintenance;

/// <summary>Ends a fill that was never signed: the stop journal first, then every signing journal is closed for it, and only then its nonce is given back.</summary>
public sealed class GapFillEnder(IStopJournal stops, ISigningJournal signings, INonceStore nonces)
{
    /// <summary>The ended file, to be saved; null when a journal has a line for it, so that a signature may exist.</summary>
    public async Task<GapFillFile?> EndAsync(GapFillFile file, RefusalCode code, string detail, Governed governed, CancellationToken cancellation)
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

        return file with { Status = GapFillStatus.Refused, Reason = code.Text(), ReasonDetail = detail };
    }
}
