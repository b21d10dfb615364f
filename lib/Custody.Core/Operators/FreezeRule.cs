using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Operators;

/// <summary>Rule: one operator is enough to stop.</summary>
public static class FreezeRule
{
    /// <summary>Verifies a freeze.</summary>
    public static OperatorReading<FreezeStatement> Verify(string compact, Governed governed, DateTimeOffset now)
    {
        var reading = OperatorStatement.Verify<FreezeStatement>(
            compact, DocumentType.Freeze, s => (s.Version, s.OperatorId, s.SignedAt, s.ExpiresAt), governed, now);
        return reading.Verdict.IsAllowed && !FreezeScope.IsValid(reading.Statement!.Scope)
            ? new OperatorReading<FreezeStatement>(
                Verdict.Refused(RefusalCode.FieldInvalid, "The scope must be platform, vault/ID or client/ID."), null, null)
            : reading;
    }
}
