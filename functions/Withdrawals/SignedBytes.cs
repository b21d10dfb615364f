using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;

namespace Custody.Functions.Withdrawals;

/// <summary>A signed transaction of a withdrawal with the intent that it was signed for, as the signing journal has them.</summary>
/// <param name="Record">What the gate stored.</param>
/// <param name="Intent">The intent that was signed: of that attempt, or of an amendment in it.</param>
/// <param name="Vault">The vault that signed.</param>
/// <param name="Nonce">The nonce whose slot was taken.</param>
public sealed record SignedBytes(SignedTransactionRecord Record, WithdrawalIntent Intent, VaultRegistration Vault, ulong Nonce)
{
    /// <summary>The attempt whose intent the bytes are for.</summary>
    public int Attempt => Intent.Attempt;

    /// <summary>The signed bytes.</summary>
    public byte[] Bytes => Convert.FromHexString(Record.Signed);

    /// <summary>The bytes that the gate signed.</summary>
    public byte[] Unsigned => Convert.FromHexString(Record.Unsigned);

    /// <summary>
    /// Joins a line of the signing journal with the signature stored for its sighash. The intent in the file counts only if it
    /// is the one that the line names: nobody can swap it after it was approved and signed.
    /// </summary>
    public static (Verdict Verdict, SignedBytes? Signed) Join(WithdrawalCase file, SigningEntry line, SignedTransactionRecord record, VaultRegistration vault)
    {
        var intent = file.Intents(line.Attempt).FirstOrDefault(i => i.Digest() == line.IntentDigest);
        if (intent is null || record.VaultId != vault.Id)
        {
            return (Verdict.Refused(RefusalCode.IntentTampered, "The intent in the file is not the one that the signing journal names."), null);
        }

        var nonce = ulong.Parse(line.Slots[0].Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
        return (Verdict.Allowed, new SignedBytes(record, intent, vault, nonce));
    }
}
