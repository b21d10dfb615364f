using Custody.Chains.Evm;
using Custody.Comparison;
using Custody.Core.Alerts;
using Custody.Core.Governance;
using Custody.Core.Journals;
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

/// <summary>compare → broadcast → confirm of a signed fill: a certificate over its very bytes, and those bytes again and again until they are final.</summary>
public sealed class GapFillSender(
    ISigningJournal signings, ISignedTransactionStore signed, IDocumentSigner comparisonKey, BuildFacts build, ITransactionIndex index,
    EffectsReader effects, Broadcaster broadcaster, Freezer freezer, AlertDesk alerts, TimeProvider time)
{
    /// <summary>Certifies the signed bytes; null when they are not the order, which freezes the vault.</summary>
    public async Task<GapFillFile?> CompareAsync(GapFillFile file, Governed governed, CancellationToken cancellation)
    {
        if (await BytesAsync(file, governed, cancellation) is not { } bytes)
        {
            return null;
        }

        var result = new TransactionComparison(NativeAssets.Of(governed), TokenAssets.Of(governed)).Compare(new ComparisonInput(
            bytes.Intent, bytes.Unsigned, bytes.Bytes, bytes.Vault.PublicKeyBytes(), bytes.Vault.EvmAddress().ToString(), bytes.Nonce));
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
            Status = GapFillStatus.Compared,
            Certificate = await Jws.SignAsync(comparisonKey, DocumentType.Certificate, certificate.Serialize(), now, detached: false, cancellation),
        };
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
                await broadcaster.SendAsync(bytes, cancellation);
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
    private async Task<SignedBytes?> BytesAsync(GapFillFile file, Governed governed, CancellationToken cancellation)
    {
        if (file.Order.Id() != file.Id || file.Order.Intent(governed) is not { } intent || governed.Vault(file.Order.VaultId) is not { } vault)
        {
            await AttackAsync(file, AlertCode.TamperedDocument, "The fill's order is not the one that its id names, or its vault is not registered.", cancellation);
            return null;
        }

        var line = (await signings.ReadAsync(vault.Id, cancellation)).View.Of(file.Id).LastOrDefault(l => l.IntentDigest == intent.Digest());
        var record = line is null ? null : await signed.ReadAsync(file.Id, line.Sighash, cancellation);
        if (line is null || record is null || record.VaultId != vault.Id)
        {
            await AttackAsync(file, AlertCode.TamperedDocument, "The fill says that it was signed, and journal and signer's store do not.", cancellation);
            return null;
        }

        return SignedBytes.Of(record, intent, vault, file.Order.Nonce, line.Sighash);
    }

    private async Task AttackAsync(GapFillFile file, AlertCode alert, string detail, CancellationToken cancellation)
    {
        await freezer.FreezeOnceAsync(FreezeScope.Vault(file.Order.VaultId), $"{file.Id}: {detail}", cancellation);
        await alerts.RaiseAsync(alert, file.Id, detail, cancellation);
    }
}
