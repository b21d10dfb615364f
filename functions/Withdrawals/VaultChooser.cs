using Custody.Chains.Evm;
using Custody.Core.Admission;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Ledger;
using Custody.Core.Policy;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Functions.Chains;
using Custody.Functions.Governance;

namespace Custody.Functions.Withdrawals;

/// <summary>
/// Says which of the vaults that a rule names are to pay a withdrawal, the best first. One whose key is not active, or that is frozen,
/// is passed over while another can pay. What may be signed stays with the vault that signed it, since only the same account's
/// nonce conflicts with it; otherwise a further attempt stays where the one before it reserved, while that can pay.
/// </summary>
public sealed class VaultChooser(ISigningJournal signings, IReservationStore reservations, INonceStore nonces, VaultBalances balances, ChainNodes nodes)
{
    /// <summary>
    /// The vaults to try; none where what may be signed is another vault's than the rule names by now. A rule that names one vault
    /// costs a first attempt nothing here.
    /// </summary>
    public async Task<IReadOnlyList<string>> OrderAsync(WithdrawalCase file, Admitted admitted, GovernanceSnapshot.InForce inForce, CancellationToken cancellation)
    {
        var named = admitted.Rule.PayingVaults();
        if (named.Count == 1 && file.State.Attempt == 1)
        {
            return named;
        }

        if (await SignerAsync(file, inForce.Governed, cancellation) is { } signer)
        {
            return named.Contains(signer, StringComparer.Ordinal) ? [signer] : [];
        }

        if (named.Count == 1)
        {
            return named;
        }

        var usable = named.Where(v => KeyStateRule.Check(inForce.Governed.Vault(v)!).IsAllowed && inForce.Stops.FreezeOn(v, file.State.ClientId) is null).ToList();
        if (usable.Count == 0)
        {
            return named;
        }

        var reserved = file.Reservation()?.VaultId;
        var order = usable.Count == 1 ? usable : VaultChoice.Order(await LoadsAsync(usable, admitted, inForce.Governed, cancellation), Reservations.Need(admitted));
        return reserved is not null && usable.Contains(reserved, StringComparer.Ordinal) ? [reserved, .. order.Where(v => v != reserved)] : order;
    }

    private async Task<string?> SignerAsync(WithdrawalCase file, Governed governed, CancellationToken cancellation)
    {
        foreach (var vault in governed.EveryVault)
        {
            if ((await signings.ReadAsync(vault.Id, cancellation)).View.Of(file.State.Id).Count > 0)
            {
                return vault.Id;
            }
        }

        return null;
    }

    private async Task<IReadOnlyList<VaultLoad>> LoadsAsync(IReadOnlyList<string> vaults, Admitted admitted, Governed governed, CancellationToken cancellation)
    {
        var asset = admitted.Request.Asset;
        var promised = await reservations.PromisedAsync(asset, vaults, cancellation);
        return await Task.WhenAll(vaults.Select(async id =>
        {
            var vault = governed.Vault(id)!;
            var account = vault.EvmAddress();
            var used = await nodes.Of(vault.Chain).TransactionCountAsync(account, BlockReference.Latest, cancellation);
            var next = await nonces.NextAsync(vault.Chain, account, cancellation) ?? used;
            return new VaultLoad(id, next > used ? next - used : 0, await balances.ReadAsync(vault, asset, cancellation), promised[id]);
        }));
    }
}
