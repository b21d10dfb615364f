using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Maintenance;
using Custody.Core.Results;
using Custody.Core.Storage;
using Custody.Functions.Withdrawals;

namespace Custody.Functions.Sending;

/// <summary>Reads what was signed for a gap fill, led by the signing journal: a file that names other bytes than the journal's line has none.</summary>
public sealed class FillReader(ISigningJournal signings, ISignedTransactionStore signed)
{
    /// <summary>The signed bytes with the intent that the fill's order gives; a refusal when the file, the journal and the signer's store do not agree.</summary>
    public async Task<(Verdict Verdict, SignedBytes? Signed)> ReadAsync(GapFillFile file, Governed governed, CancellationToken cancellation)
    {
        if (file.Order.Id() != file.Id || file.Order.Intent(governed) is not { } intent || governed.Vault(file.Order.VaultId) is not { } vault)
        {
            return (Verdict.Refused(RefusalCode.IntentTampered, "The fill's order is not the one that its id names, or its vault is not registered."), null);
        }

        var line = (await signings.ReadAsync(vault.Id, cancellation)).View.Of(file.Id).LastOrDefault(l => l.IntentDigest == intent.Digest());
        var record = line is null ? null : await signed.ReadAsync(file.Id, line.Sighash, cancellation);
        return line is null || record is null || record.VaultId != vault.Id
            ? (Verdict.Refused(RefusalCode.IntentTampered, "The fill says that it was signed, and journal and signer's store do not."), null)
            : (Verdict.Allowed, SignedBytes.Of(record, intent, vault, file.Order.Nonce, line.Sighash));
    }
}
