using Custody.Core.Governance;
using Custody.Core.Operators;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Maintenance;

/// <summary>Rule: a chain's watcher is set back only when two different people sign the same order, for the standstill that it names.</summary>
public static class RewindRule
{
    /// <summary>Verifies one half.</summary>
    public static OperatorReading<RewindStatement> Verify(string compact, Governed governed, DateTimeOffset now)
    {
        var reading = OperatorStatement.Verify<RewindStatement>(
            compact, DocumentType.Rewind, s => (s.Version, s.OperatorId, s.SignedAt, s.ExpiresAt), governed, now);
        return reading.Verdict.IsAllowed && Problem(reading.Statement!, governed) is { } problem
            ? new OperatorReading<RewindStatement>(Verdict.Refused(RefusalCode.FieldInvalid, problem), null, null)
            : reading;
    }

    /// <summary>Whether these halves make this order.</summary>
    public static Verdict Together(IEnumerable<string> halves, RewindOrder order, Governed governed, DateTimeOffset now)
    {
        var people = halves.Select(h => Verify(h, governed, now)).Where(r => r.Verdict.IsAllowed && r.Statement!.ToOrder() == order)
            .Select(r => r.Operator!.Person).Distinct(StringComparer.Ordinal).Count();
        return people >= 2 ? Verdict.Allowed : Verdict.Refused(RefusalCode.SecondSignatureNeeded, "A second operator must sign the same order.");
    }

    private static string? Problem(RewindStatement statement, Governed governed) =>
        governed.Chain(statement.Chain) is null ? $"The chain {statement.Chain} is not registered."
        : !IsHash(statement.FromHash) || !IsHash(statement.BlockHash) ? "A block's hash is 0x and 64 lower-case hex digits."
        : statement.Block > statement.FromBlock ? "The watcher is set back, never ahead: what lies between would not be read."
        : null;

    private static bool IsHash(string text) => text.Length == 66 && text.StartsWith("0x", StringComparison.Ordinal) && text.AsSpan(2).ToString().All(char.IsAsciiHexDigitLower);
}
