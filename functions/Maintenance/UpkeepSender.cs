using Custody.Chains.Evm;
using Custody.Comparison;
using Custody.Core.Alerts;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Ledger;
using Custody.Core.Maintenance;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Functions.Alerts;
using Custody.Functions.Chains;
using Custody.Functions.Composition;
using Custody.Functions.Telemetry;
using Custody.Functions.Withdrawals;

namespace Custody.Functions.Maintenance;

/// <summary>compare → broadcast → confirm of a signed order: a certificate over its very bytes, and those bytes again and again until they are final.</summary>
public sealed class UpkeepSender(
    ISigningJournal signings, IStopJournal stops, ISignedTransactionStore signed, IReservationStore reservations, IDocumentSigner comparisonKey, BuildFacts build, ITransactionIndex index,
    EffectsReader effects, Broadcaster broadcaster, Freezer freezer, AlertDesk alerts, TimeProvider time)
{
    /// <summary>Certifies the signed bytes; null when they are not the order, which freezes the vault.</summary>
    public async Task<UpkeepFile?> CompareAsync(UpkeepFile file, Governed governed, CancellationToken cancellation)
    {
        if (await BytesAsync(file, governed, cancellation) is not { } bytes)
        {
            return null;
        }

        var result = new TransactionComparison(NativeAssets.Of(governed), TokenAssets.Of(governed)).Compare(new ComparisonInput(
            bytes.Intent, bytes.Unsigned, bytes.Bytes, bytes.Vault.PublicKeyBytes(), bytes.Vault.EvmAddress().ToString(), bytes.Nonce,
            file.Order.Funding is { } funding ? governed.Vault(funding.VaultId)!.PublicKeyBytes() : default));
        Measures.Verdict("compare", result is ComparisonResult.Match ? "match" : "mismatch");
        if (result is not ComparisonResult.Match match)
        {
            await AttackAsync(file, AlertCode.ComparisonMismatch, (result as ComparisonResult.Mismatch)?.Reason ?? "The comparison gave no answer.", cancellation);
            return null;
        }

        var now = time.GetUtcNow();
        var certificate = ComparisonCertificate.Of(bytes.Intent, match, build.BuildDigest, build.SettingsDigest, DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()));
        return file with
        {
            Status = UpkeepStatus.Compared,
            Certificate = await Jws.SignAsync(comparisonKey, DocumentType.Certificate, certificate.Serialize(), now, detached: false, cancellation),
        };
    }

    /// <summary>Verifies the certificate and records whose transaction it is: what the world will see is durable before the node sees it.</summary>
    public async Task<UpkeepFile?> PrepareAsync(UpkeepFile file, Governed governed, CancellationToken cancellation)
    {
        var (bytes, isStale) = await CertifiedAsync(file, governed, cancellation);
        return isStale ? Uncertified(file)
            : bytes is null || await IsFrozenAsync(file, cancellation) ? null
            : file with { Status = UpkeepStatus.Sent };
    }

    /// <summary>Looks for it on the chain: ended once it is final; sent again while it is in no block.</summary>
    public async Task<UpkeepFile?> SettleAsync(UpkeepFile file, Governed governed, CancellationToken cancellation)
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
                // That it says so proves no hand-over: a freeze that was acknowledged since stops the first one.
                if (!await IsFrozenAsync(file, cancellation))
                {
                    await broadcaster.SendAsync(bytes, cancellation);
                }

                return null;
            // A reverted one would fill the gap as well.
            case EffectsResult.Matches { Receipt: var receipt } when found.IsFinal:
                return await EndedAsync(file, bytes, receipt, isPaid: true, governed, cancellation);
            case EffectsResult.Reverted { Receipt: var receipt } when found.IsFinal:
                return await EndedAsync(file, bytes, receipt, isPaid: false, governed, cancellation);
            default:
                return null;
        }
    }

    // Posted before the file says so, and once: a run that died between the two posts the same again.
    private async Task<UpkeepFile> EndedAsync(UpkeepFile file, SignedBytes bytes, EvmReceipt receipt, bool isPaid, Governed governed, CancellationToken cancellation)
    {
        if (UpkeepReservations.For(file.Order, governed) is not { } reservation)
        {
            return file with { Status = UpkeepStatus.Filled };
        }

        await reservations.SettleAsync(reservation, isPaid, receipt.Fee, bytes.Record.TransactionId, time.GetUtcNow(), cancellation);
        return isPaid ? file with { Status = UpkeepStatus.Funded }
            : file with { Status = UpkeepStatus.Refused, Reason = RefusalCode.TransactionReverted.Text(), ReasonDetail = "The transaction was mined, reverted and is final." };
    }

    // A gap fill goes on in a freeze; what moves coin does not, whichever of the two vaults it is.
    private async Task<bool> IsFrozenAsync(UpkeepFile file, CancellationToken cancellation)
    {
        if (file.Order.Funding is not { } funding)
        {
            return false;
        }

        var view = (await stops.ReadAsync(cancellation)).View;
        return (view.FreezeOn(file.Order.VaultId, "") ?? view.FreezeOn(funding.VaultId, "")) is not null;
    }

    // Governance may have replaced the comparison key since: that is no attack, and the one in force compares again.
    private static UpkeepFile Uncertified(UpkeepFile file) => file with { Status = UpkeepStatus.Signed, Certificate = null };

    private async Task<(SignedBytes? Bytes, bool IsStale)> CertifiedAsync(UpkeepFile file, Governed governed, CancellationToken cancellation)
    {
        if (await BytesAsync(file, governed, cancellation) is not { } bytes)
        {
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

    // Led by the signing journal: a file that names other bytes than the journal's line has none.
    private async Task<SignedBytes?> BytesAsync(UpkeepFile file, Governed governed, CancellationToken cancellation)
    {
        if (file.Order.Id() == file.Id && file.Order.Funding is { } funding && governed.Vault(funding.VaultId) is null)
        {
            // Governance took the funded vault out since, which is nobody's lie: what is out is on the chain, and ends when the vault is back.
            return null;
        }

        if (file.Order.Id() != file.Id || file.Order.Intent(governed) is not { } intent || governed.Vault(file.Order.VaultId) is not { } vault)
        {
            await AttackAsync(file, AlertCode.TamperedDocument, "The order is not the one that its id names, or its vault is not registered.", cancellation);
            return null;
        }

        var line = (await signings.ReadAsync(vault.Id, cancellation)).View.Of(file.Id).LastOrDefault(l => l.IntentDigest == intent.Digest());
        var record = line is null ? null : await signed.ReadAsync(file.Id, line.Sighash, cancellation);
        if (line is null || record is null || record.VaultId != vault.Id)
        {
            await AttackAsync(file, AlertCode.TamperedDocument, "The order says that it was signed, and journal and signer's store do not.", cancellation);
            return null;
        }

        var nonce = file.Order.Nonce ?? ulong.Parse(line.Slots[0].Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
        return new SignedBytes(record, intent, vault, nonce);
    }

    private async Task AttackAsync(UpkeepFile file, AlertCode alert, string detail, CancellationToken cancellation)
    {
        await freezer.FreezeOnceAsync(FreezeScope.Vault(file.Order.VaultId), $"{file.Id}: {detail}", cancellation);
        await alerts.RaiseAsync(alert, file.Id, detail, cancellation);
    }
}
