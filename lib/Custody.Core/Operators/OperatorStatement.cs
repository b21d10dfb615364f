using System.Text.Json;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Operators;

/// <summary>Verifies what operators sign, whatever it says: the key, the canonical bytes, who and until when.</summary>
public static class OperatorStatement
{
    /// <summary>Verifies a compact JWS of <paramref name="type"/>; <paramref name="facts"/> gives a statement's version, signer and validity.</summary>
    public static OperatorReading<T> Verify<T>(
        string compact, string type, Func<T, (int Version, string OperatorId, DateTimeOffset SignedAt, DateTimeOffset ExpiresAt)> facts, Governed governed, Clocks now)
        where T : class
    {
        switch (Jws.Verify(compact, type, governed.Keys(KeyRole.Operator), now))
        {
            case JwsVerification.Invalid invalid:
                return new OperatorReading<T>(SignatureRefusal.Of(invalid), null, null);
            case JwsVerification.Valid valid:
                try
                {
                    var statement = CanonicalJson.Deserialize<T>(valid.Payload);
                    var (version, operatorId, signedAt, expiresAt) = facts(statement);
                    var holder = governed.Holder(valid.Key.KeyId, KeyRole.Operator)!;
                    return version != 1 ? Refused<T>(RefusalCode.BodyMalformed, "The statement has an unknown version.")
                        : holder.OwnerId != operatorId ? Refused<T>(RefusalCode.SignatureKeyUnknown, "The key is not one of the operator whom the statement names.")
                        : signedAt > now.Host + Jws.ClockSkew || expiresAt <= now.Later ? Refused<T>(RefusalCode.StatementExpired, "The statement has expired, or is from the future.")
                        : new OperatorReading<T>(Verdict.Allowed, statement, governed.Document.Operators.First(o => o.Id == operatorId));
                }
                catch (JsonException problem)
                {
                    return Refused<T>(RefusalCode.BodyMalformed, $"The statement is malformed: {problem.Message}");
                }

            default:
                return default;
        }
    }

    private static OperatorReading<T> Refused<T>(RefusalCode code, string detail)
        where T : class => new(Verdict.Refused(code, detail), null, null);
}
