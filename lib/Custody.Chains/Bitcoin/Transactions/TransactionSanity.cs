namespace Custody.Chains.Bitcoin;

/// <summary>What every transaction must hold to, whatever it spends (Bitcoin Core's CheckTransaction).</summary>
public static class TransactionSanity
{
    private const int MaxWeight = 4_000_000;

    /// <summary>What is wrong, as one sentence; null when nothing is.</summary>
    public static string? Problem(BitcoinTransaction transaction)
    {
        var isCoinbase = transaction.Inputs is [{ Outpoint.IsNull: true }];
        return transaction.Inputs.Count == 0 ? "There are no inputs."
            : transaction.Outputs.Count == 0 ? "There are no outputs."
            : transaction.SerializeWithoutWitness().Length * 4 > MaxWeight ? "It is larger than a block."
            : transaction.Outputs.Any(o => !Satoshi.IsMoney(o.Amount)) ? "An amount is negative or more than there can be."
            : !Satoshi.IsMoney(transaction.Outputs.Aggregate(Int128.Zero, (sum, o) => sum + o.Amount)) ? "The amounts together are more than there can be."
            : transaction.Inputs.DistinctBy(i => i.Outpoint).Count() != transaction.Inputs.Count ? "An output is spent twice."
            : isCoinbase && transaction.Inputs[0].ScriptSig.Length is < 2 or > 100 ? "A coinbase's script has 2 to 100 bytes."
            : !isCoinbase && transaction.Inputs.Any(i => i.Outpoint.IsNull) ? "An input names no output."
            : null;
    }
}
