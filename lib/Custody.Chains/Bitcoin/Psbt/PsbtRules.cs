namespace Custody.Chains.Bitcoin;

/// <summary>Every known type of the three maps, with its rule (BIP-174, BIP-370, BIP-371). Types that are not here are kept and not judged.</summary>
internal static class PsbtRules
{
    private const int Old = 0;
    private const int New = 2;

    public static IReadOnlyDictionary<ulong, PsbtFieldRule> Global { get; } = new Dictionary<ulong, PsbtFieldRule>
    {
        [PsbtGlobal.UnsignedTransaction] = Plain(PsbtForm.IsUnsigned, Old, isRequired: true),
        [PsbtGlobal.ExtendedPublicKey] = new(Length(78), PsbtForm.IsDerivationOf),
        [PsbtGlobal.TransactionVersion] = Plain(Length(4), New, isRequired: true),
        [PsbtGlobal.FallbackLockTime] = Plain(Length(4), New),
        [PsbtGlobal.InputCount] = Plain(PsbtForm.IsCompactSize, New, isRequired: true),
        [PsbtGlobal.OutputCount] = Plain(PsbtForm.IsCompactSize, New, isRequired: true),
        [PsbtGlobal.Modifiable] = Plain(Length(1), New),
        [PsbtGlobal.Version] = Plain(Length(4)),
        [PsbtGlobal.Proprietary] = Keyed(PsbtForm.IsProprietary, Any),
    };

    public static IReadOnlyDictionary<ulong, PsbtFieldRule> Input { get; } = new Dictionary<ulong, PsbtFieldRule>
    {
        [PsbtInput.NonWitnessUtxo] = Plain(PsbtForm.IsTransaction),
        [PsbtInput.WitnessUtxo] = Plain(PsbtForm.IsOutput),
        [PsbtInput.PartialSignature] = Keyed(PsbtForm.IsPublicKey, PsbtForm.IsSignature),
        [PsbtInput.SighashType] = Plain(Length(4)),
        [PsbtInput.RedeemScript] = Plain(Any),
        [PsbtInput.WitnessScript] = Plain(Any),
        [PsbtInput.Derivation] = Keyed(PsbtForm.IsPublicKey, PsbtForm.IsDerivation),
        [PsbtInput.FinalScriptSig] = Plain(Any),
        [PsbtInput.FinalScriptWitness] = Plain(PsbtForm.IsWitness),
        [PsbtInput.Ripemd160] = new(Length(20), PsbtForm.IsRipemd160),
        [PsbtInput.Sha256] = new(Length(32), PsbtForm.IsSha256),
        [PsbtInput.Hash160] = new(Length(20), PsbtForm.IsHash160),
        [PsbtInput.Hash256] = new(Length(32), PsbtForm.IsHash256),
        [PsbtInput.PreviousId] = Plain(Length(TransactionId.Length), New, isRequired: true),
        [PsbtInput.OutputIndex] = Plain(Length(4), New, isRequired: true),
        [PsbtInput.Sequence] = Plain(Length(4), New),
        [PsbtInput.RequiredTime] = Plain(PsbtForm.IsTime, New),
        [PsbtInput.RequiredHeight] = Plain(PsbtForm.IsHeight, New),
        [PsbtInput.TapKeySignature] = Plain(PsbtForm.IsSchnorrSignature),
        [PsbtInput.TapScriptSignature] = Keyed(Length(64), PsbtForm.IsSchnorrSignature),
        [PsbtInput.TapLeafScript] = Keyed(PsbtForm.IsControlBlock, value => !value.IsEmpty),
        [PsbtInput.TapDerivation] = Keyed(Length(32), PsbtForm.IsTapDerivation),
        [PsbtInput.TapInternalKey] = Plain(Length(32)),
        [PsbtInput.TapMerkleRoot] = Plain(Length(32)),
        [PsbtGlobal.Proprietary] = Keyed(PsbtForm.IsProprietary, Any),
    };

    public static IReadOnlyDictionary<ulong, PsbtFieldRule> Output { get; } = new Dictionary<ulong, PsbtFieldRule>
    {
        [PsbtOutput.RedeemScript] = Plain(Any),
        [PsbtOutput.WitnessScript] = Plain(Any),
        [PsbtOutput.Derivation] = Keyed(PsbtForm.IsPublicKey, PsbtForm.IsDerivation),
        [PsbtOutput.Amount] = Plain(PsbtForm.IsAmount, New, isRequired: true),
        [PsbtOutput.Script] = Plain(Any, New, isRequired: true),
        [PsbtOutput.TapInternalKey] = Plain(Length(32)),
        [PsbtOutput.TapTree] = Plain(PsbtForm.IsTree),
        [PsbtOutput.TapDerivation] = Keyed(Length(32), PsbtForm.IsTapDerivation),
        [PsbtGlobal.Proprietary] = Keyed(PsbtForm.IsProprietary, Any),
    };

    /// <summary>What is wrong with a map of a PSBT of some version; null when nothing is.</summary>
    public static string? Problem(PsbtMap map, int version, IReadOnlyDictionary<ulong, PsbtFieldRule> rules, string name)
    {
        foreach (var field in map.Fields)
        {
            if (!rules.TryGetValue(field.Type, out var rule))
            {
                continue;
            }

            var wrong = rule.Only is { } only && only != version ? $"does not belong to version {version}"
                : !rule.Key(field.KeyData) ? "has key data that is not of its form"
                : !rule.Value(field.KeyData, field.Value) ? "has a value that is not of its form"
                : null;
            if (wrong is not null)
            {
                return $"type {field.Type:x2} of {name} {wrong}";
            }
        }

        var missing = rules.Where(r => r.Value.IsRequired && r.Value.Only == version && map.Find(r.Key) is null).Select(r => (ulong?)r.Key).FirstOrDefault();
        return missing is { } type ? $"{name} has no type {type:x2}" : null;
    }

    private static PsbtFieldRule Plain(Func<ReadOnlyMemory<byte>, bool> value, int? only = null, bool isRequired = false) =>
        new(key => key.IsEmpty, (_, v) => value(v), only, isRequired);

    private static PsbtFieldRule Keyed(Func<ReadOnlyMemory<byte>, bool> key, Func<ReadOnlyMemory<byte>, bool> value) => new(key, (_, v) => value(v));

    private static Func<ReadOnlyMemory<byte>, bool> Length(int length) => value => value.Length == length;

    private static bool Any(ReadOnlyMemory<byte> value) => true;
}
