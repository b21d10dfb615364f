using System.Text.Json;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;

namespace Custody.Core.Amendments;

/// <summary>A client's cancellation that was verified.</summary>
/// <param name="Verdict">Whether it counts.</param>
/// <param name="Statement">What it says, when it does.</param>
/// <param name="KeyId">The key that signed it.</param>
public readonly record struct CancellationReading(Verdict Verdict, CancellationStatement? Statement, string KeyId);

/// <summary>Rule: a withdrawal is cancelled by its own client, with a key that may cancel.</summary>
public static class CancellationRule
{
    /// <summary>Verifies a cancellation of a client's withdrawal.</summary>
    public static CancellationReading Verify(string compact, string withdrawalId, string clientId, Governed governed, DateTimeOffset now)
    {
        switch (Jws.Verify(compact, DocumentType.Cancellation, governed.Keys(KeyRole.Client), now))
        {
            case JwsVerification.Invalid invalid:
                return new CancellationReading(SignatureRefusal.Of(invalid), null, "");
            case JwsVerification.Valid valid when KeyScope.Check(valid.Key, KeyScope.Cancel) is { IsAllowed: false } unscoped:
                return new CancellationReading(unscoped, null, "");
            case JwsVerification.Valid valid:
                try
                {
                    var statement = CanonicalJson.Deserialize<CancellationStatement>(valid.Payload);
                    return statement.Version == 1 && statement.WithdrawalId == withdrawalId && statement.ClientId == clientId
                        && governed.Holder(valid.Key.KeyId, KeyRole.Client)?.OwnerId == clientId
                            ? new CancellationReading(Verdict.Allowed, statement, valid.Key.KeyId)
                            : Refused(RefusalCode.FieldInvalid, "The cancellation is for another withdrawal or client.");
                }
                catch (JsonException problem)
                {
                    return Refused(RefusalCode.BodyMalformed, $"The cancellation is malformed: {problem.Message}");
                }

            default:
                return default;
        }
    }

    private static CancellationReading Refused(RefusalCode code, string detail) => new(Verdict.Refused(code, detail), null, "");
}
