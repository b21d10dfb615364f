using System.Text;
using Custody.Core.Vaults;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace Custody.Vaults.Pkcs11;

/// <summary>Finds a key pair by its id and reads what the token says of it; an attribute that cannot be read counts against it.</summary>
internal static class KeyFinder
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly List<CKA> PrivateAttributes =
    [
        CKA.CKA_KEY_TYPE, CKA.CKA_EC_PARAMS, CKA.CKA_LABEL, CKA.CKA_SENSITIVE, CKA.CKA_ALWAYS_SENSITIVE, CKA.CKA_EXTRACTABLE,
        CKA.CKA_NEVER_EXTRACTABLE, CKA.CKA_LOCAL, CKA.CKA_MODIFIABLE, CKA.CKA_SIGN, CKA.CKA_DECRYPT, CKA.CKA_UNWRAP, CKA.CKA_DERIVE,
        CKA.CKA_SIGN_RECOVER,
    ];

    /// <summary>The pair with this id. Two with one id cannot be told apart, so neither is used.</summary>
    public static Pkcs11Answer<FoundKey> Find(PooledSession session, string keyId)
    {
        var privateKeys = Search(session.Session, CKO.CKO_PRIVATE_KEY, keyId);
        var publicKeys = Search(session.Session, CKO.CKO_PUBLIC_KEY, keyId);
        if (privateKeys.Count == 0)
        {
            session.AssertTokenPresent();
            return new Pkcs11Answer<FoundKey>.Faulted(VaultFault.KeyMissing, $"no private key with id '{keyId}'");
        }

        if (privateKeys.Count > 1 || publicKeys.Count != 1)
        {
            return new Pkcs11Answer<FoundKey>.Faulted(
                VaultFault.KeyNotAttested, $"{privateKeys.Count} private and {publicKeys.Count} public keys with id '{keyId}', not one of each");
        }

        return Read(session, keyId, privateKeys[0], publicKeys[0]) is { } facts
            ? new Pkcs11Answer<FoundKey>.Done(new FoundKey(privateKeys[0], facts))
            : new Pkcs11Answer<FoundKey>.Faulted(VaultFault.KeyNotAttested, $"key '{keyId}' is not an elliptic-curve pair with a 65-byte point");
    }

    /// <summary>True if anything, even half a pair, carries this id.</summary>
    public static bool Exists(PooledSession session, string keyId)
    {
        session.AssertTokenPresent();
        return Search(session.Session, CKO.CKO_PRIVATE_KEY, keyId).Count + Search(session.Session, CKO.CKO_PUBLIC_KEY, keyId).Count > 0;
    }

    /// <summary>The ids of the private keys on the token that are text.</summary>
    public static List<string> Ids(PooledSession session)
    {
        session.AssertTokenPresent();
        var attributes = session.Session.Factories.ObjectAttributeFactory;
        return
        [
            .. session.Session
                .FindAllObjects([attributes.Create(CKA.CKA_CLASS, CKO.CKO_PRIVATE_KEY), attributes.Create(CKA.CKA_TOKEN, true)])
                .Select(key => Text(session.Session.GetAttributeValue(key, [CKA.CKA_ID])[0]))
                .OfType<string>()
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }

    private static List<IObjectHandle> Search(ISession session, CKO kind, string keyId)
    {
        var attributes = session.Factories.ObjectAttributeFactory;
        return session.FindAllObjects(
        [
            attributes.Create(CKA.CKA_CLASS, kind),
            attributes.Create(CKA.CKA_TOKEN, true),
            attributes.Create(CKA.CKA_ID, Encoding.UTF8.GetBytes(keyId)),
        ]);
    }

    private static Pkcs11KeyFacts? Read(PooledSession pooled, string keyId, IObjectHandle privateKey, IObjectHandle publicKey)
    {
        var session = pooled.Session;
        var read = session.GetAttributeValue(privateKey, PrivateAttributes).ToDictionary(attribute => (CKA)attribute.Type);
        var point = session.GetAttributeValue(publicKey, [CKA.CKA_EC_POINT])[0];
        if (read[CKA.CKA_KEY_TYPE].CannotBeRead || read[CKA.CKA_KEY_TYPE].GetValueAsUlong() != (ulong)CKK.CKK_EC
            || Bytes(point) is not { } pointBytes || EcParameters.PointOf(pointBytes) is not { } uncompressed)
        {
            return null;
        }

        bool Says(CKA attribute, bool expected) => Flag(read[attribute]) == expected;
        return new Pkcs11KeyFacts(
            EcParameters.CurveOf(Bytes(read[CKA.CKA_EC_PARAMS])),
            new VaultKeyFacts(
                keyId,
                Text(read[CKA.CKA_LABEL]) ?? "",
                uncompressed,
                Sensitive: Says(CKA.CKA_SENSITIVE, true) && Says(CKA.CKA_ALWAYS_SENSITIVE, true),
                NeverExtractable: Says(CKA.CKA_NEVER_EXTRACTABLE, true) && Says(CKA.CKA_EXTRACTABLE, false),
                GeneratedInside: Says(CKA.CKA_LOCAL, true),
                Modifiable: !Says(CKA.CKA_MODIFIABLE, false),
                SignOnly: Says(CKA.CKA_SIGN, true) && Says(CKA.CKA_DECRYPT, false) && Says(CKA.CKA_UNWRAP, false)
                    && Says(CKA.CKA_DERIVE, false) && Says(CKA.CKA_SIGN_RECOVER, false),
                Firmware: Pkcs11Inventory.Facts(pooled.Slot, pooled.Slot.GetTokenInfo()).Firmware));
    }

    private static bool? Flag(IObjectAttribute attribute) => Bytes(attribute) is { Length: 1 } value ? value[0] != 0 : null;

    private static byte[]? Bytes(IObjectAttribute attribute) => attribute.CannotBeRead ? null : attribute.GetValueAsByteArray();

    private static string? Text(IObjectAttribute attribute)
    {
        try
        {
            return Bytes(attribute) is { } bytes ? StrictUtf8.GetString(bytes) : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
