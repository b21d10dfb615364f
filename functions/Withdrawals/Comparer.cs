using Custody.Comparison;
using Custody.Core.Audit;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;
using Custody.Functions.Alerts;
using Custody.Functions.Chains;
using Custody.Functions.Composition;
using Custody.Functions.Telemetry;

namespace Custody.Functions.Withdrawals;

/// <summary>compare: decodes the signed bytes independently, and certifies that they are the intent; or burns the attempt, freezes the vault and holds.</summary>
public sealed class Comparer(
    CaseEditor editor, IDocumentSigner comparisonKey, BuildFacts build, IStopJournal stops, Freezer freezer, AlertDesk alerts, Holder holder, TimeProvider time)
{
    /// <summary>Compares and stores the certificate. Null when it is there; else where the withdrawal went instead.</summary>
    public async Task<StageResult?> CertifyAsync(WithdrawalCase file, SignedBytes signed, Governed governed, CancellationToken cancellation)
    {
        // Against what was approved: a token's gas ceiling that was lowered since the gate signed makes nothing of it a lie.
        var named = governed.AsOf(signed.Intent.GovernanceDigest) ?? governed;
        var result = new TransactionComparison(NativeAssets.Of(named), TokenAssets.Of(named)).Compare(new ComparisonInput(
            signed.Intent, signed.Unsigned, signed.Bytes, signed.Vault.PublicKeyBytes(), signed.Vault.EvmAddress().ToString(), signed.Nonce));
        Measures.Verdict("compare", result is ComparisonResult.Match ? "match" : "mismatch");
        if (result is not ComparisonResult.Match match)
        {
            return await MismatchAsync(file.State, signed.Vault.Id, (result as ComparisonResult.Mismatch)?.Reason ?? "The comparison gave no answer.", cancellation);
        }

        var now = time.GetUtcNow();
        var certificate = ComparisonCertificate.Of(signed.Intent, match, build.BuildDigest, build.SettingsDigest, DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()));
        var compact = await Jws.SignAsync(comparisonKey, DocumentType.Certificate, certificate.Serialize(), now, detached: false, cancellation);
        var name = CaseDocuments.Certificate(signed.Attempt, signed.Record.Sighash);
        await editor.EditAsync(
            file,
            current => Certified(current, name, compact, new AuditEvent("compare", "certified", "sender", Detail: match.TxId, Digest: match.Digests.Signed)),
            cancellation);
        return null;
    }

    // A replacement is certified while what it replaces is out already. A certificate that somebody put there before is kept, and
    // refused when it is to be sent with: left at "signed", the withdrawal would come here again and again.
    private static CaseChange? Certified(WithdrawalCase file, string name, string compact, AuditEvent certified)
    {
        var (state, isThere) = (file.State, file.Find(name) is not null);
        return state.Status.IsEnd() || state.Status == WithdrawalStatus.Held || (isThere && state.Status != WithdrawalStatus.Signed)
            ? null
            : new CaseChange(
                state.Status == WithdrawalStatus.Signed ? state.Become(WithdrawalStatus.Compared) : state,
                [certified],
                isThere ? [] : [new CaseDocument(name, System.Text.Encoding.ASCII.GetBytes(compact))]);
    }

    private async Task<StageResult> MismatchAsync(WithdrawalState state, string vaultId, string reason, CancellationToken cancellation)
    {
        await freezer.FreezeAsync(FreezeScope.Vault(vaultId), $"{state.Id}: {reason}", cancellation, "sender");
        await stops.AppendAsync(
            head => head.View.IsBurnt(state.Id, state.Attempt) ? null : new StopFact(StopKind.AttemptBurnt, state.Id, reason, state.Attempt), cancellation);
        await alerts.RaiseAsync(Core.Alerts.AlertCode.ComparisonMismatch, state.Id, reason, cancellation);
        return await holder.HoldAsync(state.Id, "compare", RefusalCode.TransactionMismatch, reason, cancellation, Steps.After(state.Status));
    }
}
