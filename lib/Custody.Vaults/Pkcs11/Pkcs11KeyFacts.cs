using Custody.Core.Vaults;

namespace Custody.Vaults.Pkcs11;

/// <summary>A key pair on a token.</summary>
/// <param name="Curve">Its curve.</param>
/// <param name="Facts">What the token says of it.</param>
public sealed record Pkcs11KeyFacts(EllipticCurve Curve, VaultKeyFacts Facts)
{
    /// <summary>
    /// Why the key may not sign as a key on <paramref name="curve"/>, or null: it must have been made inside the token, never
    /// able to leave it, unchangeable, and of no other use than signing. Whoever weakens this lets a copied key sign.
    /// </summary>
    public string? Refusal(EllipticCurve curve)
    {
        List<string> wrong = [];
        Require(Curve == curve && curve != EllipticCurve.Other, $"is not a {curve} key");
        Require(Facts.Sensitive, "is or was not sensitive");
        Require(Facts.NeverExtractable, "is or was extractable");
        Require(Facts.GeneratedInside, "was not generated inside the token");
        Require(!Facts.Modifiable, "is modifiable");
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
}
