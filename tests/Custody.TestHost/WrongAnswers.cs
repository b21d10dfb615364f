using Custody.Comparison.Evm;
using Custody.Functions.Composition;

namespace Custody.TestHost;

/// <summary>A program that miscalculates one thing: what the self-tests at the start are for.</summary>
public static class WrongAnswers
{
    public static SelfTestSubjects Of(string which) => which switch
    {
        "honest" => new SelfTestSubjects(),
        "keccak" => new SelfTestSubjects { Keccak = _ => new byte[32] },
        "sha256" => new SelfTestSubjects { Sha256 = _ => new byte[32] },
        "rlp" => new SelfTestSubjects { RlpInteger = number => number.ToByteArray(isUnsigned: true) },
        "sighash" => new SelfTestSubjects { Sighash = _ => new byte[32] },
        "lowS" => new SelfTestSubjects { NormalizeLowS = signature => signature },
        "parse" => new SelfTestSubjects { ParseSigned = _ => new EvmDecoding.Malformed("nothing is one") },
        _ => throw new InvalidOperationException($"'{which}' is no self-test."),
    };
}
