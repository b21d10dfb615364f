namespace Custody.Chains.Bitcoin;

/// <summary>
/// The least that an output may hold: below it, spending costs more than it is worth at 3 satoshi per virtual byte, and nodes
/// do not relay it (Bitcoin Core's GetDustThreshold at its default rate).
/// </summary>
public static class DustLimit
{
    private const long PerByte = 3;

    // Outpoint, sequence and an unlocking script: a quarter of the witness where the script has one.
    private const int WitnessSpend = 67;
    private const int PlainSpend = 148;

    /// <summary>The least amount of a P2WPKH output.</summary>
    public const long Change = (SpendSize.ChangeOutput + WitnessSpend) * PerByte;

    /// <summary>The least amount, satoshi, of an output to a script; null where nobody can ever spend it.</summary>
    public static long? Of(ReadOnlyMemory<byte> script) => ScriptForm.Of(script).Kind switch
    {
        ScriptKind.Data => null,
        ScriptKind.WitnessPublicKeyHash or ScriptKind.WitnessScriptHash or ScriptKind.Taproot or ScriptKind.FutureWitness =>
            (new TransactionOutput(0, script).Size + WitnessSpend) * PerByte,
        _ => (new TransactionOutput(0, script).Size + PlainSpend) * PerByte,
    };
}
