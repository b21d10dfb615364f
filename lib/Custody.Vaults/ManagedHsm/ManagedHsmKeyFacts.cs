using Custody.Core.Vaults;
using Custody.Vaults.Pkcs11;

namespace Custody.Vaults.ManagedHsm;

/// <summary>A key version in a Managed HSM.</summary>
/// <param name="Curve">Its curve.</param>
/// <param name="Facts">What the HSM says of it, in a vault's terms.</param>
/// <param name="Enabled">It is enabled.</param>
/// <param name="NotBefore">It is valid from then; null: ever since.</param>
/// <param name="Expires">It is valid until then; null: for good.</param>
/// <param name="HsmPlatform">The hardware and firmware generation that holds it; null where the HSM does not say.</param>
internal sealed record ManagedHsmKeyFacts(
    EllipticCurve Curve, VaultKeyFacts Facts, bool Enabled, DateTimeOffset? NotBefore, DateTimeOffset? Expires, string? HsmPlatform)
{
    /// <summary>The tag that carries the trust root, as CKA_LABEL does on a token.</summary>
    public const string TrustRootTag = "custody-trust-root";

    /// <summary>The tag with which the key ceremony declares where the key came to be; the API does not tell a generated key from an imported one.</summary>
    public const string OriginTag = "custody-origin";

    /// <summary>The declaration that the key was generated inside the HSM.</summary>
    public const string GeneratedInside = "generated-inside";

    private const string HsmKeyType = "EC-HSM";
    private static readonly HashSet<string> SignOnlyOperations = new(StringComparer.Ordinal) { "sign", "verify" };
    private static readonly DateTimeOffset LastTime = DateTimeOffset.FromUnixTimeSeconds(253402300799);

    /// <summary>
    /// What an answer says of the key. What it leaves out counts against the key. <paramref name="mayBeChanged"/>: whether our
    /// own identity may change it, and with it the tags.
    /// </summary>
    public static ManagedHsmKeyFacts? Of(ManagedHsmKeyId id, KeyBundle bundle, bool mayBeChanged) => bundle.PublicKey() is not { } publicKey ? null : new(
        bundle.Curve,
        new VaultKeyFacts(
            id.Text,
            bundle.Tags?.GetValueOrDefault(TrustRootTag) ?? "",
            publicKey,
            Sensitive: bundle.Key!.KeyType == HsmKeyType,
            NeverExtractable: bundle.Attributes is { Exportable: false } && bundle.ReleasePolicy is null,
            GeneratedInside: bundle.Tags?.GetValueOrDefault(OriginTag) == GeneratedInside,
            Modifiable: mayBeChanged,
            SignOnly: bundle.Key.Operations is { } operations && operations.Contains("sign") && operations.All(SignOnlyOperations.Contains),
            Firmware: string.IsNullOrEmpty(bundle.Attributes?.HsmPlatform) ? null : $"hsmPlatform {bundle.Attributes.HsmPlatform}"),
        bundle.Attributes is { Enabled: true },
        Time(bundle.Attributes?.NotBefore),
        Time(bundle.Attributes?.Expires),
        bundle.Attributes?.HsmPlatform);

    /// <summary>Why the key may not sign now, or null.</summary>
    public string? InactiveAt(DateTimeOffset now) =>
        !Enabled ? $"key '{Facts.KeyId}' is disabled"
        : now < NotBefore ? $"key '{Facts.KeyId}' is not valid before {NotBefore:O}"
        : now >= Expires ? $"key '{Facts.KeyId}' is not valid after {Expires:O}"
        : null;

    /// <summary>Why the key may not sign as a key on <paramref name="curve"/>, or null. As on a token: held by the HSM, never able to leave it, for signing only, and not ours to change.</summary>
    public string? Refusal(EllipticCurve curve)
    {
        List<string> wrong = [];
        Require(Curve == curve && curve != EllipticCurve.Other, $"is not a {curve} key");
        Require(Facts.Sensitive, "is not held by an HSM");
        Require(Facts.NeverExtractable, "is exportable, or is not said not to be");
        Require(Facts.GeneratedInside, $"has no tag {OriginTag}={GeneratedInside}");
        Require(!Facts.Modifiable, "may be changed by the app's identity");
        Require(Facts.SignOnly, "has other uses than signing");
        return wrong.Count == 0 ? null : $"key '{Facts.KeyId}' {string.Join(", ", wrong)}";

        void Require(bool holds, string otherwise)
        {
            if (!holds)
            {
                wrong.Add(otherwise);
            }
        }
    }

    private static DateTimeOffset? Time(long? seconds) => seconds is not { } since ? null
        : since <= 0 ? DateTimeOffset.UnixEpoch
        : since >= LastTime.ToUnixTimeSeconds() ? LastTime
        : DateTimeOffset.FromUnixTimeSeconds(since);
}
