using Custody.Chains.Evm;
using Custody.Comparison.Evm;
using Custody.Core.Encoding;
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
/// <param name="IsGenuine">
/// True when the signed bytes are the vault's signature over the journalled digest. Of others the absence from the chain proves
/// nothing: the vault may have signed what is no longer here.
/// </param>
public sealed record SignedBytes(SignedTransactionRecord Record, WithdrawalIntent Intent, VaultRegistration Vault, ulong Nonce, bool IsGenuine)
{
    /// <summary>The attempt whose intent the bytes are for.</summary>
    public int Attempt => Intent.Attempt;

    /// <summary>The signed bytes.</summary>
    public byte[] Bytes => Convert.FromHexString(Record.Signed);

    /// <summary>The bytes that the gate signed.</summary>
    public byte[] Unsigned => Convert.FromHexString(Record.Unsigned);

    /// <summary>
    /// Of a stored record. The transaction's hash follows from the bytes and is never read: under another one a payment that is in
    /// a block would not be found, and its nonce would look spent by somebody else.
    /// </summary>
    public static SignedBytes Of(SignedTransactionRecord record, WithdrawalIntent intent, VaultRegistration vault, ulong nonce, string sighash)
    {
        var bytes = Convert.FromHexString(record.Signed);
        var isGenuine = EvmTransactionDecoder.DecodeSigned(bytes) is EvmDecoding.Signed decoded
            && decoded.Signer.AsSpan().SequenceEqual(vault.PublicKeyBytes())
            && Convert.ToHexStringLower(UnsignedTransaction.Sighash(decoded.UnsignedBytes)) == sighash
            && decoded.Transfer.Nonce == nonce;
        return new SignedBytes(record with { TransactionId = $"0x{Convert.ToHexStringLower(Keccak256.Hash(bytes))}" }, intent, vault, nonce, isGenuine);
    }

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
        return (Verdict.Allowed, Of(record, intent, vault, nonce, line.Sighash));
    }
}
