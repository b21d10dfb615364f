using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Maintenance;
using Custody.Core.Results;
using Custody.Core.Storage;
using Custody.Functions.Withdrawals;

namespace Custody.Functions.Sending;

/// <summary>Reads what was signed for what operators ordered for a vault, led by the signing journal: a file that names other bytes than the journal's line has none.</summary>
public sealed class UpkeepReader(ISigningJournal signings, ISignedTransactionStore signed)
{
    /// <summary>The signed bytes with the intent that the order gives; a refusal when the file, the journal and the signer's store do not agree, and neither where governance no longer names whom it funds.</summary>
    public async Task<(Verdict Verdict, SignedBytes? Signed)> ReadAsync(UpkeepFile file, Governed governed, CancellationToken cancellation)
    {
        if (file.Order.Id() == file.Id && file.Order.Funding is { } funding && governed.Vault(funding.VaultId) is null)
        {
            // Governance took the funded vault out since, which is nobody's lie: what is out is on the chain, and ends when the vault is back.
            return (Verdict.Allowed, null);
        }

        if (file.Order.Id() != file.Id || file.Order.Intent(governed) is not { } intent || governed.Vault(file.Order.VaultId) is not { } vault)
        {
            return (Verdict.Refused(RefusalCode.IntentTampered, "The order is not the one that its id names, or its vault is not registered."), null);
        }

        var line = (await signings.ReadAsync(vault.Id, cancellation)).View.Of(file.Id).LastOrDefault(l => l.IntentDigest == intent.Digest());
        var record = line is null ? null : await signed.ReadAsync(file.Id, line.Sighash, cancellation);
        return line is null || record is null || record.VaultId != vault.Id
            ? (Verdict.Refused(RefusalCode.IntentTampered, "The order says that it was signed, and journal and signer's store do not."), null)
            : (Verdict.Allowed, SignedBytes.Of(record, intent, vault, file.Order.Nonce ?? ulong.Parse(line.Slots[0].Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture), line.Sighash));
    }
}
