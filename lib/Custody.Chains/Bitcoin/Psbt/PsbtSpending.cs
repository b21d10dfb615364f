using System.Security.Cryptography;

namespace Custody.Chains.Bitcoin;

/// <summary>What a signer must find before it signs an input (BIP-174, Data Signers Check For).</summary>
public static class PsbtSpending
{
    /// <summary>What is wrong with an input, as one sentence; null when it may be signed.</summary>
    public static string? Problem(Psbt psbt, int input)
    {
        var map = psbt.Inputs[input];
        if (psbt.SpentOutput(input) is not { } spent)
        {
            return "The output that it spends is not given.";
        }

        var claim = map.Find(PsbtInput.WitnessUtxo);
        var writer = new ByteWriter();
        spent.WriteTo(writer);
        if (claim is { } bytes && !bytes.Span.SequenceEqual(writer.Written))
        {
            return "The output that it spends is not the one in the previous transaction.";
        }

        var script = spent.Script;
        if (map.Find(PsbtInput.RedeemScript) is { } redeem)
        {
            if (ScriptForm.Of(script) is not { Kind: ScriptKind.ScriptHash } hash || !hash.Program.Span.SequenceEqual(Hashes.Hash160(redeem.Span)))
            {
                return "The redeem script is not the one that the output commits to.";
            }

            script = redeem;
        }

        var form = ScriptForm.Of(script);
        if (map.Find(PsbtInput.WitnessScript) is { } witness
            && (form.Kind != ScriptKind.WitnessScriptHash || !form.Program.Span.SequenceEqual(SHA256.HashData(witness.Span))))
        {
            return "The witness script is not the one that the output commits to.";
        }

        var isWitness = form.Kind is ScriptKind.WitnessPublicKeyHash or ScriptKind.WitnessScriptHash or ScriptKind.Taproot or ScriptKind.FutureWitness;
        return claim is not null && !isWitness ? "It has a witness output and is no witness input." : null;
    }
}
