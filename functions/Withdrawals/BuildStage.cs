using System.Numerics;
using Custody.Chains.Evm;
using Custody.Comparison.Evm;
using Custody.Core.Assets;
using Custody.Core.Audit;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Storage;
using Custody.Core.Transactions;
using Custody.Core.Withdrawals;
using Custody.Functions.Chains;
using Custody.Functions.Governance;
using Custody.Functions.Telemetry;

namespace Custody.Functions.Withdrawals;

/// <summary>build: takes the nonce, plans the fee within the envelope, stores the unsigned bytes. Once stored they are never built again.</summary>
public sealed class BuildStage(CaseEditor editor, GovernanceSource governance, ISigningJournal signings, INonceStore nonces, ChainNodes nodes, StageGuard guard, Holder holder)
{
    /// <summary>Runs the stage; a withdrawal that is not approved, or past it, is left as it is.</summary>
    public async Task<StageResult> RunAsync(string id, CancellationToken cancellation)
    {
        var file = await editor.RequireAsync(id, cancellation);
        using var span = Traces.Stage("build", file.State);
        if (Steps.After(file.State.Status) != Steps.Build)
        {
            return await guard.NotNextAsync(Steps.Build, file.State, cancellation);
        }

        var governed = (await governance.RequireAsync(cancellation)).Governed;
        if (file.Intent() is not { } intent || governed.Vault(intent.VaultId) is not { } vault || governed.Chain(vault.Chain) is not { } chain)
        {
            return await holder.HoldAsync(id, "build", RefusalCode.IntentTampered, "The intent is missing, malformed or names no registered vault.", cancellation);
        }

        var onChain = await nodes.CheckAsync(chain, cancellation);
        if (!onChain.IsAllowed)
        {
            return await holder.HoldAsync(id, "build", onChain.Code, onChain.Detail, cancellation);
        }

        var plan = FeePlanner.Plan(await nodes.Of(chain.Id).FeeMarketAsync(cancellation), intent.Fee);
        if (SignedMaxFee(file, governed) is { } signed)
        {
            plan = ReplacementFee.Over(signed, plan, intent.Fee);
        }

        if (plan is not FeePlan.Planned fee)
        {
            return await holder.HoldAsync(
                id, "build", RefusalCode.FeeAboveEnvelope, "The chain wants a higher fee than was approved; resume when it falls, or decide on a new attempt.", cancellation);
        }

        var nonce = await NonceAsync(vault, id, cancellation);
        var unsigned = UnsignedTransaction.Encode(new EvmTransfer(
            chain.Id.EvmChainId, nonce, fee.MaxPriorityFeePerGas, fee.MaxFeePerGas, EvmAddress.Parse(intent.Destination), intent.Amount));
        return StageResult.Of(await StoreAsync(file, nonce, unsigned, cancellation));
    }

    // The most that the bytes of the earlier attempts pay per gas, once one of them may be signed.
    private static BigInteger? SignedMaxFee(WithdrawalCase file, Governed governed)
    {
        var reader = new EvmUnsignedReader(NativeAssets.Of(governed));
        var fees = Enumerable.Range(1, file.State.Attempt - 1)
            .Select(attempt => file.Find(CaseDocuments.Unsigned(attempt)))
            .OfType<CaseDocument>()
            .Select(unsigned => reader.Read(file.State.Asset.Chain, unsigned.Content))
            .OfType<UnsignedReading.Decoded>()
            .Select(decoded => decoded.Facts.MaxFeeRate)
            .ToList();
        return file.State.SignatureExists && fees.Count > 0 ? fees.Max() : null;
    }

    // Whatever is built after a signature may exist must conflict with what was signed: it takes the same nonce, and not a new one.
    private async Task<ulong> NonceAsync(VaultRegistration vault, string id, CancellationToken cancellation)
    {
        var earlier = (await signings.ReadAsync(vault.Id, cancellation)).View.Of(id);
        if (earlier.Count > 0)
        {
            return ulong.Parse(earlier[^1].Slots[0].Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
        }

        var account = vault.EvmAddress();
        var used = await nodes.Of(vault.Chain).TransactionCountAsync(account, BlockReference.Latest, cancellation);
        return await nonces.TakeAsync(vault.Chain, account, id, used, cancellation);
    }

    private Task<WithdrawalState> StoreAsync(WithdrawalCase read, ulong nonce, byte[] unsigned, CancellationToken cancellation) => editor.EditAsync(
        read,
        file => Steps.After(file.State.Status) != Steps.Build
            ? null
            : file.Find(CaseDocuments.Unsigned(file.State.Attempt)) is not null
                ? new CaseChange(file.State.Become(WithdrawalStatus.Signing), new AuditEvent("build", "resumed", "pipeline"))
                : new CaseChange(
                    file.State.Become(WithdrawalStatus.Signing) with { Nonce = nonce },
                    [new AuditEvent("build", "built", "pipeline", Detail: $"nonce {nonce}", Digest: Convert.ToHexStringLower(UnsignedTransaction.Sighash(unsigned)))],
                    [new CaseDocument(CaseDocuments.Unsigned(file.State.Attempt), unsigned)]),
        cancellation);
}
