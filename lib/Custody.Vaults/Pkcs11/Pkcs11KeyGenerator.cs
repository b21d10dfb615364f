using System.Text;
using Custody.Core.Vaults;
using Microsoft.Extensions.Logging;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;
using Net.Pkcs11Interop.HighLevelAPI.Factories;

namespace Custody.Vaults.Pkcs11;

/// <summary>Generates key pairs inside a token, in the one form that may sign: see <see cref="Pkcs11KeyFacts.Refusal"/>.</summary>
public sealed class Pkcs11KeyGenerator(Pkcs11SessionPool pool, ILogger<Pkcs11KeyGenerator> logger)
{
    /// <summary>Generates a vault key (secp256k1). Its label, the trust root's digest, cannot be changed afterwards.</summary>
    public Task<KeyGeneration> GenerateVaultKeyAsync(string keyId, string trustRoot, CancellationToken cancellation) =>
        GenerateAsync(EllipticCurve.Secp256k1, keyId, trustRoot, cancellation);

    /// <summary>Generates a document key (P-256) for a device, an operator or the comparison certificates.</summary>
    public Task<KeyGeneration> GenerateDocumentKeyAsync(string keyId, string label, CancellationToken cancellation) =>
        GenerateAsync(EllipticCurve.P256, keyId, label, cancellation);

    private async Task<KeyGeneration> GenerateAsync(EllipticCurve curve, string keyId, string label, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyId);
        ArgumentException.ThrowIfNullOrEmpty(label);
        var answer = await pool
            .RunAsync(session => Generate(session, curve, keyId, label), cancellation, SessionType.ReadWrite)
            .ConfigureAwait(false);
        var generation = answer.Match(made => made, (fault, detail) => new KeyGeneration.Faulted(fault, detail));
        if (generation is KeyGeneration.Generated)
        {
            Pkcs11Log.KeyGenerated(logger, keyId, curve);
        }

        return generation;
    }

    private static Pkcs11Answer<KeyGeneration> Generate(PooledSession session, EllipticCurve curve, string keyId, string label)
    {
        if (KeyFinder.Exists(session, keyId))
        {
            return new Pkcs11Answer<KeyGeneration>.Done(new KeyGeneration.AlreadyThere(keyId));
        }

        var id = Encoding.UTF8.GetBytes(keyId);
        var attributes = session.Session.Factories.ObjectAttributeFactory;
        using var mechanism = session.Session.Factories.MechanismFactory.Create(CKM.CKM_EC_KEY_PAIR_GEN);
        session.Session.GenerateKeyPair(mechanism, PublicTemplate(attributes, curve, id, label), PrivateTemplate(attributes, id, label), out _, out _);

        // What the token made of the templates is read back: one that ignores an attribute has not made a key that may sign.
        return KeyFinder.Find(session, keyId).Match<Pkcs11Answer<KeyGeneration>>(
            found => found.Facts.Refusal(curve) is { } refusal
                ? new Pkcs11Answer<KeyGeneration>.Faulted(VaultFault.KeyNotAttested, refusal)
                : new Pkcs11Answer<KeyGeneration>.Done(new KeyGeneration.Generated(found.Facts.Facts)),
            (fault, detail) => new Pkcs11Answer<KeyGeneration>.Faulted(fault, detail));
    }

    private static List<IObjectAttribute> PublicTemplate(IObjectAttributeFactory attributes, EllipticCurve curve, byte[] id, string label) =>
    [
        attributes.Create(CKA.CKA_TOKEN, true),
        attributes.Create(CKA.CKA_PRIVATE, false),
        attributes.Create(CKA.CKA_MODIFIABLE, false),
        attributes.Create(CKA.CKA_ID, id),
        attributes.Create(CKA.CKA_LABEL, label),
        attributes.Create(CKA.CKA_EC_PARAMS, EcParameters.Of(curve)),
        attributes.Create(CKA.CKA_VERIFY, true),
        attributes.Create(CKA.CKA_VERIFY_RECOVER, false),
        attributes.Create(CKA.CKA_ENCRYPT, false),
        attributes.Create(CKA.CKA_WRAP, false),
        attributes.Create(CKA.CKA_DERIVE, false),
    ];

    private static List<IObjectAttribute> PrivateTemplate(IObjectAttributeFactory attributes, byte[] id, string label) =>
    [
        attributes.Create(CKA.CKA_TOKEN, true),
        attributes.Create(CKA.CKA_PRIVATE, true),
        attributes.Create(CKA.CKA_MODIFIABLE, false),
        attributes.Create(CKA.CKA_ID, id),
        attributes.Create(CKA.CKA_LABEL, label),
        attributes.Create(CKA.CKA_SENSITIVE, true),
        attributes.Create(CKA.CKA_EXTRACTABLE, false),
        attributes.Create(CKA.CKA_SIGN, true),
        attributes.Create(CKA.CKA_SIGN_RECOVER, false),
        attributes.Create(CKA.CKA_DECRYPT, false),
        attributes.Create(CKA.CKA_UNWRAP, false),
        attributes.Create(CKA.CKA_DERIVE, false),
    ];
}
