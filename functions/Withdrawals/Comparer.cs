using System.Security.Cryptography;
using Custody.Core.Audit;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Functions.Alerts;
using Custody.Functions.Sending;

namespace Custody.Functions.Withdrawals;

/// <summary>compare: has the sender decode the signed bytes and certify that they are the intent, and keeps the certificate; or holds, with the vault frozen and the attempt burnt.</summary>
public sealed class Comparer(CaseEditor editor, ISender sender, Freezer freezer, AlertDesk alerts, Holder holder, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>Stores the certificate. Null when it is there; else where the withdrawal went instead, or that the sender is asked again.</summary>
    public async Task<StageResult?> CertifyAsync(WithdrawalCase file, SignedBytes signed, CancellationToken cancellation)
    {
        var id = file.State.Id;
        switch (await sender.CertifyAsync(new SignedId(id, signed.Attempt, signed.Record.Sighash), cancellation))
        {
            case CertifyOutcome.Certified certified:
                await KeepAsync(file, signed, certified, cancellation);
                return null;
            case CertifyOutcome.Mismatch mismatch:
                await freezer.TellAsync(FreezeScope.Vault(mismatch.VaultId), "sender", cancellation);
                return await holder.HoldAsync(
                    id, "compare", RefusalCode.TransactionMismatch, mismatch.Reason, cancellation, Steps.After(file.State.Status));
            case CertifyOutcome.Refused refused:
                return await holder.HoldAsync(id, "compare", refused.Code, refused.Detail, cancellation, Steps.After(file.State.Status));
            case CertifyOutcome.Unknown unknown:
                if (Consequences.Of(unknown.Code).Alert is { } alert)
                {
                    await alerts.RaiseAsync(alert, id, unknown.Detail, cancellation);
                }

                // A sender that is away is waited for as long as that takes; any other silence is looked at by people in the end.
                return StageResult.Of(file.State) with
                {
                    Retry = true,
                    Until = time.GetUtcNow() + Pause,
                    Reason = unknown.Code == RefusalCode.RoleUnavailable ? null : unknown.Code.Text(),
                };
            default:
                return await holder.HoldAsync(id, "compare", RefusalCode.Unspecified, "The sender gave an answer that is not known.", cancellation, Steps.After(file.State.Status));
        }
    }

    private Task KeepAsync(WithdrawalCase file, SignedBytes signed, CertifyOutcome.Certified certified, CancellationToken cancellation)
    {
        var name = CaseDocuments.Certificate(signed.Attempt, signed.Record.Sighash);
        return editor.EditAsync(
            file,
            current => Certified(current, name, certified.Certificate, new AuditEvent("compare", "certified", "sender", Detail: certified.TransactionId, Digest: DigestOf(signed))),
            cancellation);
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

    private static string DigestOf(SignedBytes signed) => Convert.ToHexStringLower(SHA256.HashData(signed.Bytes));
}
