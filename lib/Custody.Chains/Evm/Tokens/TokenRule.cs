using System.Numerics;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Results;

namespace Custody.Chains.Evm;

/// <summary>Rule: the contract on the chain is the token that governance registered: its code, and what it says of its decimals.</summary>
public static class TokenRule
{
    private const int WordLength = 32;

    /// <summary>Checks what a node says of the contract.</summary>
    /// <param name="registration">The token.</param>
    /// <param name="code">The contract's code; empty where there is none.</param>
    /// <param name="decimals">What <c>decimals()</c> returned; null when the call reverted.</param>
    public static Verdict Check(AssetRegistration registration, ReadOnlySpan<byte> code, ReadOnlySpan<byte> decimals)
    {
        if (registration is not { Token: { } terms } || registration.Contract() is null)
        {
            return Mismatch($"{registration.Id} is not registered as a token.");
        }

        var hash = $"0x{Convert.ToHexStringLower(Keccak256.Hash(code))}";
        return code.IsEmpty ? Mismatch($"There is no contract at {registration.Id}.")
            : hash != terms.CodeHash ? Mismatch($"The code of {registration.Id} has the hash {hash}, and {terms.CodeHash} is registered.")
            : decimals.Length != WordLength ? Mismatch($"The contract of {registration.Id} does not say its decimals.")
            : new BigInteger(decimals, isUnsigned: true, isBigEndian: true) is var said && said != registration.Decimals
                ? Mismatch($"The contract of {registration.Id} says {said} decimals, and {registration.Decimals} are registered.")
            : Verdict.Allowed;
    }

    private static Verdict Mismatch(string detail) => Verdict.Refused(RefusalCode.TokenMismatch, detail);
}
