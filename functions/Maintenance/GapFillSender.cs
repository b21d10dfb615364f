using Custody.Chains.Evm;
using Custody.Comparison;
using Custody.Core.Alerts;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Maintenance;
using Custody.Core.Results;
using Custody.Core.Storage;
using Custody.Functions.Alerts;
using Custody.Functions.Chains;
using Custody.Functions.Sending;
using Custody.Functions.Withdrawals;

namespace Custody.Functions.Maintenance;

/// <summary>compare → broadcast → confirm of a signed fill: has the sender certify its very bytes, and send them again and again until they are final.</summary>
public sealed class GapFillSender(
    FillReader reader, ISender sender, ITransactionIndex index, EffectsReader effects, Freezer freezer, AlertDesk alerts, TimeProvider time)
{
    /// <summary>Has the signed bytes certified; null when they are not the order, which freezes the vault, or when the sender gives no answer now.</summary>
    public async Task<GapFillFile?> CompareAsync(GapFillFile file, CancellationToken cancellation)
    {
        switch (await sender.CertifyFillAsync(file.Id, cancellation))
        {
            case CertifyOutcome.Certified certified:
                return file with { Status = GapFillStatus.Compared, Certificate = certified.Certificate };
            case CertifyOutcome.Mismatch mismatch:
                await freezer.FreezeOnceAsync(FreezeScope.Vault(mismatch.VaultId), $"{file.Id}: {mismatch.Reason}", cancellation);
                return null;
            case CertifyOutcome.Refused refused:
                await AttackAsync(file, AlertCode.TamperedDocument, refused.Detail, cancellation);
                return null;
            case CertifyOutcome.Unknown unknown when Consequences.Of(unknown.Code).Alert is { } alert:
                await alerts.RaiseAsync(alert, file.Id, unknown.Detail, cancellation);
                return null;
            default:
                return null;
        }
    }

    /// <summary>Verifies the certificate and records whose transaction it is: what the world will see is durable before the node sees it.</summary>
    public async Task<GapFillFile?> PrepareAsync(GapFillFile file, Governed governed, CancellationToken cancellation)
    {
        var (bytes, isStale) = await CertifiedAsync(file, governed, cancellation);
        return isStale ? Uncertified(file) : bytes is null ? null : file with { Status = GapFillStatus.Sent };
    }

    /// <summary>Looks for it on the chain: ended once it is final; sent again while it is in no block.</summary>
    public async Task<GapFillFile?> SettleAsync(GapFillFile file, Governed governed, CancellationToken cancellation)
    {
        var (bytes, isStale) = await CertifiedAsync(file, governed, cancellation);
        if (bytes is null || governed.Chain(file.Order.Chain) is not { } chain)
        {
            return isStale ? Uncertified(file) : null;
        }

        var found = await effects.ReadAsync(new SignedReading(Verdict.Allowed, [bytes], true), chain, cancellation);
        switch (found.Result)
        {
            case EffectsResult.Differs differs:
                await AttackAsync(file, AlertCode.EffectsMismatch, $"{differs.Field} is '{differs.Actual}', and the order says '{differs.Expected}'.", cancellation);
                return null;
            case EffectsResult.NotFound when !found.SupersededBy:
                await sender.SendFillAsync(file.Id, cancellation);
                return null;
            // A reverted one would fill the gap as well.
            case EffectsResult.Matches or EffectsResult.Reverted when found.IsFinal:
                return file with { Status = GapFillStatus.Filled };
            default:
                return null;
        }
    }

    // Governance may have replaced the comparison key since: that is no attack, and the one in force compares again.
    private static GapFillFile Uncertified(GapFillFile file) => file with { Status = GapFillStatus.Signed, Certificate = null };

    private async Task<(SignedBytes? Bytes, bool IsStale)> CertifiedAsync(GapFillFile file, Governed governed, CancellationToken cancellation)
    {
        var (read, bytes) = await reader.ReadAsync(file, governed, cancellation);
        if (bytes is null)
        {
            await AttackAsync(file, AlertCode.TamperedDocument, read.Detail, cancellation);
            return default;
        }

        var verdict = CertificateRule.Check(file.Certificate, bytes.Intent, bytes.Bytes, governed, time.GetUtcNow());
        if (verdict.IsAllowed)
        {
            await index.AddAsync(bytes.Vault.Chain, bytes.Record.TransactionId, file.Id, cancellation);
            return (bytes, false);
        }

        if (CertificateRule.EverHeld(file.Certificate, bytes.Intent, bytes.Bytes, governed, time.GetUtcNow()))
        {
            return (null, true);
        }

        await AttackAsync(file, AlertCode.TamperedDocument, verdict.Detail, cancellation);
        return default;
    }

    private async Task AttackAsync(GapFillFile file, AlertCode alert, string detail, CancellationToken cancellation)
    {
        await freezer.FreezeOnceAsync(FreezeScope.Vault(file.Order.VaultId), $"{file.Id}: {detail}", cancellation);
        await alerts.RaiseAsync(alert, file.Id, detail, cancellation);
    }
}
