using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;

namespace Custody.Functions.Withdrawals;

/// <summary>Every signed transaction of a withdrawal, in all its attempts.</summary>
/// <param name="Verdict">A refusal when one of them does not verify.</param>
/// <param name="Signed">The transactions, each joined with its line of a signing journal.</param>
/// <param name="IsComplete">
/// False when a line has no stored signature, or one that is not the vault's: one may exist that nobody here can look for, so their
/// absence from the chain proves nothing.
/// </param>
public readonly record struct SignedReading(Verdict Verdict, IReadOnlyList<SignedBytes> Signed, bool IsComplete);

/// <summary>Reads what was signed, led by the signing journals and not by what the signer's store happens to hold.</summary>
public sealed class SignedReader(ISigningJournal signings, ISignedTransactionStore store)
{
    /// <summary>Reads and verifies.</summary>
    public async Task<SignedReading> ReadAsync(WithdrawalCase file, Governed governed, CancellationToken cancellation)
    {
        var records = (await store.OfAsync(file.State.Id, cancellation)).ToDictionary(r => r.Sighash, StringComparer.Ordinal);
        var found = new List<SignedBytes>();
        var complete = true;
        foreach (var vault in governed.EveryVault)
        {
            var journal = await signings.ReadAsync(vault.Id, cancellation);
            foreach (var line in journal.View.Of(file.State.Id).GroupBy(l => (l.Sighash, l.Attempt)).Select(g => g.Last()))
            {
                if (!records.TryGetValue(line.Sighash, out var record))
                {
                    complete = false;
                    continue;
                }

                var (verdict, signed) = SignedBytes.Join(file, line, record, vault);
                if (signed is null)
                {
                    return new SignedReading(verdict, [], false);
                }

                complete &= signed.IsGenuine;
                found.Add(signed);
            }
        }

        return new SignedReading(Verdict.Allowed, found, complete);
    }
}
