using System.Globalization;
using Custody.Chains.Evm;
using Custody.Core.Alerts;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Maintenance;
using Custody.Core.Results;
using Custody.Core.Storage;
using Custody.Functions.Alerts;
using Custody.Functions.Chains;

namespace Custody.Functions.Maintenance;

/// <summary>Finds nonces that nothing takes below signed ones, from the chain's counts, the pool's and the signing journals, and tells people.</summary>
public sealed class GapReader(ISigningJournal signings, IStopJournal stops, INonceStore nonces, ChainNodes nodes, AlertDesk alerts, TimeProvider time)
{
    /// <summary>Whether the nonce of an order is a gap that belongs to nobody, as far as can be told before the gate is asked.</summary>
    public async Task<Verdict> CheckAsync(UpkeepOrder order, Governed governed, CancellationToken cancellation)
    {
        if (order.Kind() != MaintenanceKind.GapFill || governed.Vault(order.VaultId) is not { } vault)
        {
            return Verdict.Refused(RefusalCode.MaintenanceAccountWrong, $"The vault '{order.VaultId}' is not registered.");
        }

        var journals = await JournalsAsync(governed, cancellation);
        if (journals.Any(j => j.TakenBy(SigningSlot.Nonce(vault.Chain, vault.EvmAddress(), order.Nonce!.Value))?.WithdrawalId == order.Id()))
        {
            // Its own, signed or about to be: another signature for it takes nothing.
            return Verdict.Allowed;
        }

        var lost = LostNonces.Of((await stops.ReadAsync(cancellation)).View, vault.Id);
        if (order.Nonce!.Value < lost.Below
            && order.Nonce!.Value < await nodes.Of(vault.Chain).TransactionCountAsync(vault.EvmAddress(), BlockReference.Pending, cancellation))
        {
            return Verdict.Refused(RefusalCode.NonceNotGap, $"The nonce {order.Nonce} is spent, or something waits at it.");
        }

        var owner = await nonces.OwnerAsync(vault.Chain, vault.EvmAddress(), order.Nonce!.Value, cancellation);
        return NonceGapRule.At(vault.Chain, vault.EvmAddress(), order.Nonce!.Value, journals, lost) is null
                ? Verdict.Refused(RefusalCode.NonceNotGap, $"The nonce {order.Nonce} is taken, or nothing was signed above it.")
            : owner is not null && owner != order.Id()
                ? Verdict.Refused(RefusalCode.NonceNotGap, $"The nonce {order.Nonce} belongs to {owner}; end that, or let it go on.")
            : Verdict.Allowed;
    }

    /// <summary>Raises an alert a day for each gap that has kept something waiting for the governed time.</summary>
    public async Task TellAsync(ChainRegistration chain, Governed governed, CancellationToken cancellation)
    {
        var journals = await JournalsAsync(governed, cancellation);
        var now = time.GetUtcNow();
        var view = (await stops.ReadAsync(cancellation)).View;
        foreach (var vault in governed.EveryVault.Where(v => v.Chain == chain.Id))
        {
            var account = vault.EvmAddress();
            var latest = await nodes.Of(chain.Id).TransactionCountAsync(account, BlockReference.Latest, cancellation);
            var pending = await nodes.Of(chain.Id).TransactionCountAsync(account, BlockReference.Pending, cancellation);

            // Where nothing may be ordered, people are told all the same: what the chain calls a standstill is long enough.
            var after = TimeSpan.FromSeconds(chain.Maintenance?.AfterSeconds ?? chain.MaxBlockAgeSeconds);
            foreach (var gap in NonceGapRule.Find(chain.Id, account, latest, pending, chain.InFlight(), journals, now, after, LostNonces.Of(view, vault.Id)))
            {
                var owner = await nonces.OwnerAsync(chain.Id, account, gap.Nonce, cancellation);
                await alerts.RaiseAsync(
                    AlertCode.NonceGap,
                    vault.Id,
                    string.Create(CultureInfo.InvariantCulture, $"Nothing signed takes the nonce {gap.Nonce} of {account}, and since {gap.Since:u} something signed waits above it, or may. It belongs to {owner ?? "nobody"}."),
                    cancellation,
                    string.Create(CultureInfo.InvariantCulture, $"nonce {gap.Nonce} {now:yyyyMMdd}"));
            }
        }
    }

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
