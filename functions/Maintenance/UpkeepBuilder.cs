using System.Numerics;
using Custody.Chains.Evm;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Ledger;
using Custody.Core.Maintenance;
using Custody.Core.Results;
using Custody.Core.Storage;
using Custody.Functions.Chains;

namespace Custody.Functions.Maintenance;

/// <summary>
/// Takes a nonce for an order and makes its unsigned bytes: a gap fill's very own, or for gas funding the next, as a payment does, once
/// what it moves is reserved. Everything may be done again.
/// </summary>
public sealed class UpkeepBuilder(INonceStore nonces, IReservationStore reservations, IWatchStore watch, ChainNodes nodes, SpendWatch spends, IStopJournal stops, VaultBalances balances, TimeProvider time)
{
    /// <summary>The bytes; none with a verdict that allows where it must wait.</summary>
    public async Task<(Verdict Verdict, byte[]? Unsigned)> BuildAsync(UpkeepFile file, Governed governed, CancellationToken cancellation)
    {
        var order = file.Order;
        if (governed.Vault(order.VaultId) is not { } vault || order.Intent(governed) is not { } intent || governed.Chain(order.Chain) is not { } chain)
        {
            return (Verdict.Refused(RefusalCode.MaintenanceAccountWrong, "A vault of the order is not registered."), null);
        }

        // Planned first: what the chain will not have for this fee takes no nonce.
        if (FeePlanner.Plan(await nodes.Of(order.Chain).FeeMarketAsync(cancellation), intent.Fee) is not FeePlan.Planned fee)
        {
            return (Verdict.Refused(RefusalCode.FeeAboveEnvelope, "The chain wants a higher fee than was ordered."), null);
        }

        if (await spends.CountAsync(vault, chain, (await stops.ReadAsync(cancellation)).View, cancellation) is not { } used)
        {
            return (Verdict.Allowed, null);
        }

        var (verdict, nonce) = order.Nonce is { } gap
            ? await GapAsync(file, vault, gap, used, cancellation)
            : await NextAsync(file, vault, chain, governed, used, cancellation);
        if (!verdict.IsAllowed || nonce is not { } taken)
        {
            return (verdict, null);
        }

        // All that was ordered is offered, of which a block takes its base fee and the tip: nothing outbids what was left behind.
        var rate = BigInteger.Min(order.MaxRate, order.MaxTotal / EvmTransfer.GasLimit);
        return (verdict, UnsignedTransaction.Encode(
            new EvmTransfer(order.Chain.EvmChainId, taken, fee.MaxPriorityFeePerGas, rate, Core.Assets.EvmAddress.Parse(intent.Destination), intent.Amount)));
    }

    private async Task<(Verdict Verdict, ulong? Nonce)> GapAsync(UpkeepFile file, VaultRegistration vault, ulong nonce, ulong used, CancellationToken cancellation) =>
        used > nonce ? (Verdict.Refused(RefusalCode.NonceNotGap, $"The nonce {nonce} is spent."), null)
        : !await nonces.TakeExactAsync(vault.Chain, vault.EvmAddress(), file.Id, nonce, cancellation)
            ? (Verdict.Refused(RefusalCode.NonceNotGap, $"The nonce {nonce} was given to somebody else."), null)
        : (Verdict.Allowed, nonce);

    private async Task<(Verdict Verdict, ulong? Nonce)> NextAsync(
        UpkeepFile file, VaultRegistration vault, ChainRegistration chain, Governed governed, ulong used, CancellationToken cancellation)
    {
        // As for a payment: nothing is built for a chain that nobody watches yet.
        if (UpkeepReservations.For(file.Order, governed) is not { } reservation || await watch.LoadCursorAsync(chain.Id, cancellation) is null)
        {
            return (Verdict.Allowed, null);
        }

        var reserved = await reservations.ReserveAsync(reservation, await balances.NativeAsync(vault, cancellation), time.GetUtcNow(), cancellation);
        return reserved.IsAllowed
            ? (reserved, await nonces.TakeAsync(vault.Chain, vault.EvmAddress(), file.Id, used, chain.InFlight(), cancellation))
            : (reserved, null);
    }
}
