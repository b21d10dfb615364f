using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Transactions;

namespace Custody.Vaults.Gate;

/// <summary>Rule: the unsigned bytes, decoded independently of the builder, are exactly the intent.</summary>
public static class TransactionRule
{
    /// <summary>Checks the bytes; the order only when the verdict allows.</summary>
    public static (Verdict Verdict, SigningOrder? Order) Check(
        IUnsignedTransactionReader reader, WithdrawalIntent intent, VaultRegistration vault, ReadOnlyMemory<byte> unsigned)
    {
        switch (reader.Read(intent.Asset.Chain, unsigned))
        {
            case UnsignedReading.Malformed malformed:
                return (Verdict.Refused(RefusalCode.TransactionMismatch, $"The unsigned bytes are malformed: {malformed.Reason}"), null);
            case UnsignedReading.Decoded decoded:
                var verdicts = IntentMatch.Compare(intent, decoded.Facts);
                if (!IntentMatch.Holds(verdicts))
                {
                    var first = verdicts.First(v => !v.Matches);
                    return (Verdict.Refused(RefusalCode.TransactionMismatch, $"{first.Field} is '{first.Actual}', and the intent says '{first.Expected}'."), null);
                }

                var slots = decoded.Facts.Slots.Select(s => Slot(vault, s)).ToList();
                return slots.Count == 0
                    ? (Verdict.Refused(RefusalCode.TransactionMismatch, "The transaction takes no slot."), null)
                    : (Verdict.Allowed, new SigningOrder(intent, vault, unsigned, decoded.Sighash, slots));
            default:
                return default;
        }
    }

    private static string Slot(VaultRegistration vault, TransactionSlot slot) => vault.Chain.IsEvm
        ? SigningSlot.Nonce(vault.Chain, vault.EvmAddress(), ulong.Parse(slot.Value, System.Globalization.CultureInfo.InvariantCulture))
        : throw new NotSupportedException($"No slots are known for {vault.Chain}.");
}
