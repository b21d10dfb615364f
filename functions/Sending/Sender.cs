using Custody.Chains.Evm;
using Custody.Comparison;
using Custody.Core.Governance;
using Custody.Core.Maintenance;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Functions.Chains;
using Custody.Functions.Composition;
using Custody.Functions.Governance;
using Custody.Functions.Telemetry;
using Custody.Functions.Withdrawals;
using Microsoft.Extensions.Logging;

namespace Custody.Functions.Sending;

/// <summary>compare → broadcast, by id. It writes no file: the certificate goes back to whoever asked, and is read from the file and verified again before anything is sent.</summary>
public sealed partial class Sender(
    IWithdrawalStore withdrawals, IUpkeepStore upkeep, GovernanceSource governance, SignedReader reader, UpkeepReader upkeepReader, ChainNodes nodes,
    IDocumentSigner comparisonKey, BuildFacts build, SenderStops stops, TimeProvider time, ILogger<Sender> log) : ISender
{
    private const string NotGoverned = "Governance no longer names whom the order funds.";

    /// <inheritdoc />
    public async Task<CertifyOutcome> CertifyAsync(SignedId id, CancellationToken cancellation)
    {
        var governed = (await governance.RequireAsync(cancellation)).Governed;
        var (verdict, file, signed) = await FindAsync(id, governed, cancellation);
        if (file is null || signed is null)
        {
            return new CertifyOutcome.Refused(verdict.Code, verdict.Detail);
        }

        // Against what was approved: a token's gas ceiling that was lowered since the gate signed makes nothing of it a lie.
        using var span = Traces.Stage("compare", file.State);
        var outcome = await CompareAsync(signed, governed.AsOf(signed.Intent.GovernanceDigest) ?? governed, cancellation);
        if (outcome is CertifyOutcome.Mismatch mismatch)
        {
            await stops.MismatchAsync(id.WithdrawalId, signed.Attempt, signed.Vault.Id, mismatch.Reason, cancellation);
        }

        return outcome;
    }

    /// <inheritdoc />
    public async Task<SendOutcome> SendAsync(SignedId id, CancellationToken cancellation)
    {
        var inForce = await governance.RequireAsync(cancellation);
        var (verdict, file, signed) = await FindAsync(id, inForce.Governed, cancellation);
        if (file is null || signed is null)
        {
            return Refused(verdict);
        }

        using var span = Traces.Stage("broadcast", file.State);
        verdict = SendRule.Check(file.State, signed.Attempt, signed.Record.TransactionId, signed.Vault.Id, signed.Intent, inForce.Stops);
        return verdict.IsAllowed
            ? await SendAsync(id.WithdrawalId, signed, file.Find(CaseDocuments.Certificate(signed.Attempt, signed.Record.Sighash))?.Compact(), inForce.Governed, cancellation)
            : Refused(verdict);
    }

    /// <inheritdoc />
    public async Task<CertifyOutcome> CertifyOrderedAsync(string id, CancellationToken cancellation)
    {
        var governed = (await governance.RequireAsync(cancellation)).Governed;
        var (verdict, file, signed) = await OrderedAsync(id, governed, cancellation);
        if (file is null || signed is null)
        {
            return verdict.IsAllowed ? new CertifyOutcome.Unknown(RefusalCode.MaintenanceAccountWrong, NotGoverned) : new CertifyOutcome.Refused(verdict.Code, verdict.Detail);
        }

        var funded = file.Order.Funding is { } funding ? governed.Vault(funding.VaultId)!.PublicKeyBytes() : default;
        var outcome = await CompareAsync(signed, governed, cancellation, funded);
        if (outcome is CertifyOutcome.Mismatch mismatch)
        {
            await stops.FillMismatchAsync(id, signed.Vault.Id, mismatch.Reason, cancellation);
        }

        return outcome;
    }

    /// <inheritdoc />
    public async Task<SendOutcome> SendOrderedAsync(string id, CancellationToken cancellation)
    {
        var inForce = await governance.RequireAsync(cancellation);
        var (verdict, file, signed) = await OrderedAsync(id, inForce.Governed, cancellation);
        return verdict.IsAllowed && signed is null ? new SendOutcome.Unknown(RefusalCode.MaintenanceAccountWrong, NotGoverned)
            : file is null || signed is null ? Refused(verdict)
            // That it says so proves no hand-over: a freeze that was acknowledged since stops the first one.
            : UpkeepFreezeRule.IsFrozen(file.Order, inForce.Stops) ? Refused(Verdict.Refused(RefusalCode.Frozen, "A vault of the order is frozen."))
            : file.Status != UpkeepStatus.Sent ? Refused(Verdict.Refused(RefusalCode.SendingNotRecorded, "The order's file does not say that it is being sent."))
            : await SendAsync(id, signed, file.Certificate, inForce.Governed, cancellation);
    }

    private async Task<(Verdict Verdict, WithdrawalCase? File, SignedBytes? Signed)> FindAsync(SignedId id, Governed governed, CancellationToken cancellation)
    {
        if (await withdrawals.LoadAsync(id.WithdrawalId, cancellation) is not { } file || file.State.Id != id.WithdrawalId)
        {
            return (Verdict.Refused(RefusalCode.NotFound, "There is no such withdrawal."), null, null);
        }

        var reading = await reader.ReadAsync(file, governed, cancellation);
        return !reading.Verdict.IsAllowed ? (reading.Verdict, file, null)
            : reading.Signed.FirstOrDefault(s => s.Attempt == id.Attempt && s.Record.Sighash == id.Sighash) is { } signed ? (Verdict.Allowed, file, signed)
            : (Verdict.Refused(RefusalCode.CertificateInvalid, "The signed bytes are not in the signer's store."), file, null);
    }

    private async Task<(Verdict Verdict, UpkeepFile? File, SignedBytes? Signed)> OrderedAsync(string id, Governed governed, CancellationToken cancellation)
    {
        if (await upkeep.LoadAsync(id, cancellation) is not { File: var file } || file.Id != id)
        {
            return (Verdict.Refused(RefusalCode.NotFound, "There is no such order."), null, null);
        }

        var (verdict, signed) = await upkeepReader.ReadAsync(file, governed, cancellation);
        return (verdict, file, signed);
    }

    private async Task<CertifyOutcome> CompareAsync(SignedBytes signed, Governed governed, CancellationToken cancellation, ReadOnlyMemory<byte> funded = default)
    {
        var result = new TransactionComparison(NativeAssets.Of(governed), TokenAssets.Of(governed)).Compare(new ComparisonInput(
            signed.Intent, signed.Unsigned, signed.Bytes, signed.Vault.PublicKeyBytes(), signed.Vault.EvmAddress().ToString(), signed.Nonce, funded));
        Measures.Verdict("compare", result is ComparisonResult.Match ? "match" : "mismatch", isError: result is not ComparisonResult.Match);
        if (result is not ComparisonResult.Match match)
        {
            return new CertifyOutcome.Mismatch(signed.Vault.Id, (result as ComparisonResult.Mismatch)?.Reason ?? "The comparison gave no answer.");
        }

        var now = time.GetUtcNow();
        var certificate = ComparisonCertificate.Of(signed.Intent, match, build.BuildDigest, build.SettingsDigest, DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()));
        return new CertifyOutcome.Certified(
            await Jws.SignAsync(comparisonKey, DocumentType.Certificate, certificate.Serialize(), now, detached: false, cancellation), match.TxId);
    }

    private async Task<SendOutcome> SendAsync(string id, SignedBytes signed, string? certificate, Governed governed, CancellationToken cancellation)
    {
        var verdict = CertificateRule.Check(certificate, signed.Intent, signed.Bytes, governed, time.GetUtcNow());
        try
        {
            if (verdict.IsAllowed)
            {
                verdict = governed.Chain(signed.Vault.Chain) is { } chain
                    ? await nodes.CheckAsync(chain, cancellation)
                    : Verdict.Refused(RefusalCode.GovernanceInvalid, $"The chain {signed.Vault.Chain} is not registered.");
            }

            if (!verdict.IsAllowed)
            {
                return Refused(verdict);
            }
        }
        catch (Exception silence) when (silence is NodeUnavailableException or NodeAnswerException)
        {
            return new SendOutcome.Unknown(RefusalCode.NodeUnavailable, silence.Message);
        }

        var answer = await nodes.Of(signed.Vault.Chain).SendAsync(signed.Bytes, signed.Record.TransactionId, cancellation);
        Measures.Verdict(
            "broadcast", answer.Verdict.ToString(), isError: answer.Verdict is BroadcastVerdict.Underpriced or BroadcastVerdict.InsufficientFunds or BroadcastVerdict.Rejected);
        Sent(log, id, signed.Record.TransactionId, answer.Verdict, answer.Detail);
        return new SendOutcome.Answered(answer);
    }

    private static SendOutcome.Refused Refused(Verdict verdict)
    {
        Measures.Verdict("broadcast", nameof(SendOutcome.Refused), verdict.Code.Text(), isError: true);
        return new SendOutcome.Refused(verdict.Code, verdict.Detail);
    }

    [LoggerMessage(6000, LogLevel.Information, "Sent {WithdrawalId} as {TransactionId}: {Verdict} {Detail}")]
    private static partial void Sent(ILogger log, string withdrawalId, string transactionId, BroadcastVerdict verdict, string detail);
}
