namespace Custody.Chains.Bitcoin;

/// <summary>What a locking script is.</summary>
/// <param name="Kind">Its form.</param>
/// <param name="Program">The hash, key or witness program; for data, everything after OP_RETURN; empty for the unknown.</param>
public readonly record struct ScriptForm(ScriptKind Kind, ReadOnlyMemory<byte> Program)
{
    /// <summary>Recognises a locking script.</summary>
    public static ScriptForm Of(ReadOnlyMemory<byte> script) => script.Span switch
    {
        [Opcode.Dup, Opcode.Hash160, 20, .., Opcode.EqualVerify, Opcode.CheckSig] when script.Length == 25 => new(ScriptKind.PublicKeyHash, script[3..23]),
        [Opcode.Hash160, 20, .., Opcode.Equal] when script.Length == 23 => new(ScriptKind.ScriptHash, script[2..22]),
        [Opcode.Zero, 20, ..] when script.Length == 22 => new(ScriptKind.WitnessPublicKeyHash, script[2..]),
        [Opcode.Zero, 32, ..] when script.Length == 34 => new(ScriptKind.WitnessScriptHash, script[2..]),
        [Opcode.One, 32, ..] when script.Length == 34 => new(ScriptKind.Taproot, script[2..]),

        // Version 0 with any other length can never be spent (BIP-141), so it is none of the forms.
        [>= Opcode.One and <= Opcode.Sixteen, >= 2 and <= 40 and var length, ..] when script.Length == 2 + length =>
            new(ScriptKind.FutureWitness, script[2..]),
        [Opcode.Return, ..] => new(ScriptKind.Data, script[1..]),
        _ => default,
    };
}
