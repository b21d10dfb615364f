namespace Custody.Chains.Bitcoin;

/// <summary>The standard forms of a locking script.</summary>
public enum ScriptKind
{
    /// <summary>None of them.</summary>
    Unknown = 0,

    /// <summary>P2PKH: a public key's hash.</summary>
    PublicKeyHash,

    /// <summary>P2SH: a script's hash (BIP-16).</summary>
    ScriptHash,

    /// <summary>P2WPKH: a public key's hash, witness version 0 (BIP-141). What we spend.</summary>
    WitnessPublicKeyHash,

    /// <summary>P2WSH: a script's hash, witness version 0 (BIP-141).</summary>
    WitnessScriptHash,

    /// <summary>P2TR: an output key, witness version 1 (BIP-341).</summary>
    Taproot,

    /// <summary>A witness version or length without rules yet (BIP-141).</summary>
    FutureWitness,

    /// <summary>OP_RETURN and data: nobody can ever spend it.</summary>
    Data,
}
