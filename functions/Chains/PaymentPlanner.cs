using System.Numerics;
using Custody.Chains.Evm;
using Custody.Core.Assets;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Results;

namespace Custody.Functions.Chains;

/// <summary>Plans a payment from an approved intent: gas within the governed ceiling, fee within the envelope, funds on the chain.</summary>
public sealed class PaymentPlanner(ChainNodes nodes, PaymentChecks checks)
{
    /// <summary>Plans it.</summary>
    /// <param name="intent">The approved intent.</param>
    /// <param name="governed">Governance in force.</param>
    /// <param name="vault">The vault that pays.</param>
    /// <param name="earlier">(maxFeePerGas, maxPriorityFeePerGas) of each earlier transaction that it must be able to replace.</param>
    /// <param name="cancellation">Cancels.</param>
    public async Task<PaymentPlan> PlanAsync(
        WithdrawalIntent intent, Governed governed, VaultRegistration vault, IReadOnlyList<(BigInteger MaxFee, BigInteger MaxPriorityFee)> earlier, CancellationToken cancellation)
    {
        var verdict = await checks.TokenAsync(intent.Asset, governed, cancellation);
        if (!verdict.IsAllowed)
        {
            return PaymentPlan.Refused(verdict);
        }

        (verdict, var gasLimit) = await GasAsync(intent, governed, vault, cancellation);
        if (!verdict.IsAllowed)
        {
            return PaymentPlan.Refused(verdict);
        }

        var market = await nodes.Of(vault.Chain).FeeMarketAsync(cancellation);
        if (ReplacementFee.Plan(FeePlanner.Plan(market, intent.Fee, gasLimit), earlier, intent.Fee, gasLimit) is not { } fee)
        {
            return PaymentPlan.Refused(Verdict.Refused(
                RefusalCode.FeeAboveEnvelope, "The chain wants a higher fee than was approved; resume when it falls, or decide on a new attempt."));
        }

        var maxFee = fee.MaxFeePerGas * gasLimit;
        verdict = await checks.FundsAsync(vault, intent, maxFee, cancellation);
        return verdict.IsAllowed
            ? new PaymentPlan(verdict, maxFee, nonce => Encode(intent, governed, gasLimit, fee, nonce))
            : PaymentPlan.Refused(verdict);
    }

    private async Task<(Verdict Verdict, ulong Limit)> GasAsync(WithdrawalIntent intent, Governed governed, VaultRegistration vault, CancellationToken cancellation)
    {
        if (intent.Asset.IsNative)
        {
            return (Verdict.Allowed, EvmTransfer.GasLimit);
        }

        // What the vault does not hold would revert in the estimate: said as what it is.
        var verdict = await checks.FundsAsync(vault, intent, BigInteger.Zero, cancellation);
        if (!verdict.IsAllowed)
        {
            return (verdict, 0);
        }

        var asset = governed.Asset(intent.Asset)!;
        var call = Erc20Call.Transfer(EvmAddress.Parse(intent.Destination), intent.Amount);
        var estimate = await nodes.Of(vault.Chain).EstimateGasAsync(vault.EvmAddress(), asset.Contract()!.Value, call, cancellation);

        // Under the version that the intent names as well: what a ceiling raised since allows was not approved.
        var named = governed.AsOf(intent.GovernanceDigest)?.Asset(intent.Asset)?.Token ?? asset.Token!;
        return TokenGas.Plan(named.GasCeiling < asset.Token!.GasCeiling ? named : asset.Token, estimate);
    }

    private static byte[] Encode(WithdrawalIntent intent, Governed governed, ulong gasLimit, FeePlan.Planned fee, ulong nonce)
    {
        var (chain, to) = (intent.Asset.Chain.EvmChainId, EvmAddress.Parse(intent.Destination));
        return governed.Asset(intent.Asset)!.Contract() is { } contract
            ? UnsignedTransaction.Encode(new EvmTokenTransfer(chain, nonce, fee.MaxPriorityFeePerGas, fee.MaxFeePerGas, gasLimit, contract, to, intent.Amount))
            : UnsignedTransaction.Encode(new EvmTransfer(chain, nonce, fee.MaxPriorityFeePerGas, fee.MaxFeePerGas, to, intent.Amount));
    }
}
