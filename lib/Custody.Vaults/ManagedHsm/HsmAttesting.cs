using Custody.Core.Vaults;

namespace Custody.Vaults.ManagedHsm;

/// <summary>Asks a Managed HSM for the attestation of a pinned key version.</summary>
internal static class HsmAttesting
{
    public static async Task<HsmAnswer<ManagedHsmAttestation>> ReadAsync(ManagedHsmClient client, string keyId, CancellationToken cancellation)
    {
        if (!ManagedHsmKeyId.TryParse(keyId, client.HsmUri, out var key, out var unpinned))
        {
            return HsmAnswer<ManagedHsmAttestation>.Faulted(VaultFault.KeyNotPinned, unpinned);
        }

        var reply = await client.GetAttestationAsync(key, cancellation).ConfigureAwait(false);
        if (reply.Problem != HsmProblem.None)
        {
            return HsmAnswer<ManagedHsmAttestation>.Faulted(HsmProblems.FaultOf(reply.Problem), $"attestation of '{key}': {reply.Detail}");
        }

        return KeyBundle.Parse(reply.Body) is { Attributes.Attestation: { } told } bundle && key.Is(bundle.Key?.Kid)
            && AttestationCertificate.Read(told.Certificates) is { } certificates
            ? HsmAnswer<ManagedHsmAttestation>.Done(new ManagedHsmAttestation(told.Version, certificates, told.PrivateKey, told.PublicKey))
            : HsmAnswer<ManagedHsmAttestation>.Faulted(VaultFault.MalformedAnswer, $"attestation of '{key}': the answer has none of that key");
    }
}
