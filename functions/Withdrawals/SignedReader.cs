using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;

namespace Custody.Functions.Withdrawals;

/// <summary>Reads every signed transaction of a withdrawal, in all its attempts, each verified against the signing journal.</summary>
public sealed class SignedReader(ISigningJournal signings, ISignedTransactionStore store)
{
    /// <summary>The transactions, or a refusal when one of them does not verify.</summary>
    public async Task<(Verdict Verdict, IReadOnlyList<SignedBytes> Signed)> ReadAsync(WithdrawalCase file, Governed governed, CancellationToken cancellation)
    {
        var found = new List<SignedBytes>();
        foreach (var record in await store.OfAsync(file.State.Id, cancellation))
        {
            var journal = await signings.ReadAsync(record.VaultId, cancellation);
            var (verdict, signed) = SignedBytes.Find(file, record, journal.View, governed);
            if (signed is null)
            {
                return (verdict, []);
            }

            found.Add(signed);
        }

        return found.Count > 0 ? (Verdict.Allowed, found) : (Verdict.Refused(RefusalCode.CertificateInvalid, "The signed bytes are not in the signer's store."), []);
    }
}
