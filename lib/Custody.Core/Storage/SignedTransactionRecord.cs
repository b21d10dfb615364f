namespace Custody.Core.Storage;

/// <summary>A signed transaction.</summary>
/// <param name="Version">Always 1.</param>
/// <param name="WithdrawalId">The withdrawal.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="VaultId">The vault.</param>
/// <param name="IntentDigest">The intent, hex.</param>
/// <param name="Sighash">The digest that was signed, hex.</param>
/// <param name="Unsigned">The unsigned bytes, hex.</param>
/// <param name="Signed">The signed bytes, hex.</param>
/// <param name="TransactionId">The transaction's id on the chain.</param>
/// <param name="JournalSequence">The signing journal's line that was written before the vault was asked.</param>
public sealed record SignedTransactionRecord(
    int Version,
    string WithdrawalId,
    int Attempt,
    string VaultId,
    string IntentDigest,
    string Sighash,
    string Unsigned,
    string Signed,
    string TransactionId,
    long JournalSequence);
