using System.Numerics;
using Custody.Chains.Evm;
using Custody.Core.Assets;
using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Results;

namespace Custody.Functions.Chains;

/// <summary>What must hold on the chain for a payment: the token is the governed one, and the vault holds what is to be paid and the fee.</summary>
public sealed class PaymentChecks(ChainNodes nodes, VaultBalances balances) : ITokenCheck
{
    /// <inheritdoc />
    public async Task<Verdict> CheckAsync(AssetId token, Governed governed, CancellationToken cancellation)
    {
        try
        {
            return await TokenAsync(token, governed, cancellation);
        }
        catch (Exception silence) when (silence is NodeUnavailableException or NodeAnswerException)
        {
            return Verdict.Refused(RefusalCode.NodeUnavailable, silence.Message);
        }
    }

    /// <summary>Rule: a token's contract is what governance registered. Native coin has none.</summary>
    public async Task<Verdict> TokenAsync(AssetId asset, Governed governed, CancellationToken cancellation)
    {
        if (governed.Asset(asset) is not { } registration)
        {
            return Verdict.Refused(RefusalCode.AssetUnknown, $"The asset {asset} is not registered.");
        }

        if (asset.IsNative)
        {
            return Verdict.Allowed;
        }

        if (registration.Contract() is not { } contract)
        {
            return TokenRule.Check(registration, [], []);
        }

        var node = nodes.Of(asset.Chain);
        var code = await node.CodeAsync(contract, BlockReference.Latest, cancellation);
        var decimals = await node.CallAsync(contract, Erc20Call.Decimals(), BlockReference.Latest, cancellation);
        return TokenRule.Check(registration, code, decimals);
    }

    /// <summary>Rule: the vault's account holds the amount, and in native coin the most that the fee may take.</summary>
    public async Task<Verdict> FundsAsync(VaultRegistration vault, WithdrawalIntent intent, BigInteger maxFee, CancellationToken cancellation)
    {
        var native = await balances.NativeAsync(vault, cancellation);
        if (intent.Asset.IsNative)
        {
            return Enough(RefusalCode.InsufficientFunds, vault, intent.Asset.ToString(), native, intent.Amount + maxFee);
        }

        var held = await balances.ReadAsync(vault, intent.Asset, cancellation);
        var funded = Enough(RefusalCode.InsufficientFunds, vault, intent.Asset.ToString(), held, intent.Amount);
        return funded.IsAllowed ? Enough(RefusalCode.GasFundsMissing, vault, "native coin for the fee", native, maxFee) : funded;
    }

    private static Verdict Enough(RefusalCode code, VaultRegistration vault, string what, BigInteger held, BigInteger needed) => held >= needed
        ? Verdict.Allowed
        : Verdict.Refused(code, $"The vault '{vault.Id}' holds {held} of {what} on the chain, and {needed} is needed.");
}
