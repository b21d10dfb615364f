using System.Security.Cryptography;
using System.Text.Json;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Transactions;

namespace Custody.Comparison;

/// <summary>Rule: these very bytes carry a certificate of the governed comparison key that says they are this intent, field by field.</summary>
public static class CertificateRule
{
    /// <summary>Checks a stored certificate (compact JWS) for signed bytes about to be sent.</summary>
    public static Verdict Check(string? compact, WithdrawalIntent intent, ReadOnlySpan<byte> signed, Governed governed, DateTimeOffset now)
    {
        if (compact is null)
        {
            return Refused("There is no comparison certificate.");
        }

        if (Jws.Verify(compact, DocumentType.Certificate, governed.Keys(KeyRole.Comparison), now) is not JwsVerification.Valid valid)
        {
            return Refused("The comparison certificate is not signed by the governed comparison key.");
        }

        try
        {
            var certificate = ComparisonCertificate.Parse(valid.Payload);
            return certificate.Version != 1 ? Refused("The comparison certificate has an unknown version.")
                : certificate.WithdrawalId != intent.WithdrawalId || certificate.Attempt != intent.Attempt || certificate.IntentDigest != intent.Digest()
                    ? Refused("The comparison certificate is for another intent.")
                : certificate.SignedDigest != Convert.ToHexStringLower(SHA256.HashData(signed)) ? Refused("The comparison certificate is for other bytes.")
                : !IntentMatch.Holds(certificate.Verdicts) ? Refused("The comparison certificate records a mismatch.")
                : Verdict.Allowed;
        }
        catch (JsonException problem)
        {
            return Refused($"The comparison certificate is malformed: {problem.Message}");
        }
    }

    /// <summary>
    /// Whether the comparison key of this version, or of one before it, certified these very bytes. An earlier key's word is not enough
    /// to send anything, and no sign of tampering either: governance may have replaced the key since.
    /// </summary>
    public static bool EverHeld(string? compact, WithdrawalIntent intent, ReadOnlySpan<byte> signed, Governed governed, DateTimeOffset now)
    {
        for (Governed? version = governed; version is not null; version = version.Previous)
        {
            if (Check(compact, intent, signed, version, now).IsAllowed)
            {
                return true;
            }
        }

        return false;
    }

    private static Verdict Refused(string detail) => Verdict.Refused(RefusalCode.CertificateInvalid, detail);
}
