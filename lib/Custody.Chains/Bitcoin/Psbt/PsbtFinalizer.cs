namespace Custody.Chains.Bitcoin;

/// <summary>The end of a PSBT's way: its signatures become witnesses, and those the transaction (BIP-174).</summary>
public static class PsbtFinalizer
{
    private static readonly ulong[] Cleared =
    [
        PsbtInput.PartialSignature, PsbtInput.SighashType, PsbtInput.RedeemScript, PsbtInput.WitnessScript, PsbtInput.Derivation,
        PsbtInput.Ripemd160, PsbtInput.Sha256, PsbtInput.Hash160, PsbtInput.Hash256,
    ];

    /// <summary>
    /// Finishes an input that spends a P2WPKH output: the one signature of the key that the output commits to, with hash type
    /// ALL. Null when that is not there; other scripts are not ours to finish.
    /// </summary>
    public static Psbt? FinalizeKeyHash(Psbt psbt, int input)
    {
        var map = psbt.Inputs[input];
        if (psbt.SpentOutput(input) is not { } spent || ScriptForm.Of(spent.Script) is not { Kind: ScriptKind.WitnessPublicKeyHash } form)
        {
            return null;
        }

        var own = map.All(PsbtInput.PartialSignature).FirstOrDefault(f => form.Program.Span.SequenceEqual(Hashes.Hash160(f.KeyData.Span)));
        if (own is null || own.Value.Span[^1] != SighashType.All
            || PsbtLockTime.Number(map, PsbtInput.SighashType) is not (null or SighashType.All))
        {
            return null;
        }

        var witness = new ByteWriter();
        WitnessStack.WriteTo(witness, [own.Value, own.KeyData]);
        return psbt.WithInput(input, map.Without(Cleared).With(new PsbtField(PsbtInput.FinalScriptWitness, witness.ToArray())));
    }

    /// <summary>The transaction of a PSBT whose every input is finished; null while one is not.</summary>
    public static BitcoinTransaction? Extract(Psbt psbt)
    {
        var isDone = psbt.Inputs.All(i => i.Find(PsbtInput.FinalScriptSig) is not null || i.Find(PsbtInput.FinalScriptWitness) is not null);
        return isDone && psbt.Transaction() is { } transaction
            ? transaction with { Inputs = [.. transaction.Inputs.Select((input, i) => Finish(input, psbt.Inputs[i]))] }
            : null;
    }

    private static TransactionInput Finish(TransactionInput input, PsbtMap map) => input with
    {
        ScriptSig = map.Find(PsbtInput.FinalScriptSig) ?? default,
        Witness = map.Find(PsbtInput.FinalScriptWitness) is { } witness ? Stack(witness) : [],
    };

    private static ReadOnlyMemory<byte>[] Stack(ReadOnlyMemory<byte> witness)
    {
        var reader = new ByteReader(witness);
        return WitnessStack.ReadFrom(ref reader);
    }
}
