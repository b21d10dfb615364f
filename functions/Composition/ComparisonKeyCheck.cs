using System.Security.Cryptography;
using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Vaults.ManagedHsm;
using Custody.Vaults.Pkcs11;

namespace Custody.Functions.Composition;

/// <summary>The device of the comparison key holds the governed one: a challenge proves it. A wrong one would otherwise show only when a payment is held for it.</summary>
public sealed class ComparisonKeyCheck(IDocumentSigner comparisonKey) : IStartCheck
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> ProblemsAsync(Governed governed, CancellationToken cancellation)
    {
        var challenge = System.Text.Encoding.ASCII.GetBytes($"custody/challenge/v1\0{comparisonKey.KeyId}\0{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}");
        try
        {
            var signature = await comparisonKey.SignAsync(challenge, cancellation);
            return SignatureCheck.Verify(governed.Document.ComparisonKey, challenge, signature) && comparisonKey.KeyId == governed.Document.ComparisonKey.KeyId
                ? []
                : [$"{RefusalCode.VaultKeyMismatch.Text()}: the configured comparison key '{comparisonKey.KeyId}' is not the governed one."];
        }
        catch (Exception fault) when (fault is Pkcs11FaultException or ManagedHsmFaultException)
        {
            return [$"{RefusalCode.VaultUnavailable.Text()}: the comparison key's device: {fault.Message}"];
        }
    }
}
