using Custody.Core.Governance;
using Custody.Core.Operators;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Maintenance;

/// <summary>Rule: a gap is filled only when as many different operators as the version in force asks for, and at least two, sign the same order within its terms.</summary>
public static class GapFillStatementRule
{
    /// <summary>Verifies one operator's statement.</summary>
    public static OperatorReading<MaintenanceStatement> Verify(string compact, Governed governed, Clocks now)
    {
        var reading = OperatorStatement.Verify<MaintenanceStatement>(
            compact, DocumentType.Maintenance, s => (s.Version, s.OperatorId, s.SignedAt, s.ExpiresAt), governed, now);
        if (!reading.Verdict.IsAllowed)
        {
            return reading;
        }

        var statement = reading.Statement!;
        var verdict = statement.Kind == MaintenanceKind.GapFill ? Within(statement.ToOrder(), governed)
            : Verdict.Refused(RefusalCode.FieldInvalid, "The kind must be gapFill.");
        return verdict.IsAllowed ? reading : new OperatorReading<MaintenanceStatement>(verdict, null, null);
    }

    /// <summary>Whether these statements, verified under governance in force, make this order.</summary>
    public static Verdict Together(IEnumerable<string> statements, GapFillOrder order, Governed governed, Clocks now)
    {
        var within = Within(order, governed);
        if (!within.IsAllowed)
        {
            return within;
        }

        var people = statements.Select(s => Verify(s, governed, now)).Where(r => r.Verdict.IsAllowed && r.Statement!.ToOrder() == order)
            .Select(r => r.Operator!.Person).Distinct(StringComparer.Ordinal).Count();
        var needed = Needed(order, governed);
        return people >= needed ? Verdict.Allowed
            : Verdict.Refused(RefusalCode.SecondSignatureNeeded, $"{needed} operators must sign the same order, and {people} did whose signature counts now.");
    }

    /// <summary>How many must sign.</summary>
    public static int Needed(GapFillOrder order, Governed governed) => Math.Max(2, governed.Chain(order.Chain)?.Maintenance?.Quorum ?? 2);

    private static Verdict Within(GapFillOrder order, Governed governed)
    {
        if (governed.Chain(order.Chain)?.Maintenance is not { } terms)
        {
            return Verdict.Refused(RefusalCode.MaintenanceNotGoverned, $"Governance has no terms for the upkeep of vaults on {order.Chain}.");
        }

        return order.Intent(governed) is not { } intent || intent.Destination != order.Account
                ? Verdict.Refused(RefusalCode.MaintenanceAccountWrong, $"{order.Account} is not the account of a vault '{order.VaultId}' on {order.Chain}.")
            : order.MaxTotal.Sign <= 0 || order.MaxRate.Sign <= 0 || order.MaxTotal > terms.MaxTotal || order.MaxRate > terms.MaxRate
                ? Verdict.Refused(RefusalCode.MaintenanceFeeAboveTerms, $"A fill may cost up to {terms.MaxTotal} and offer up to {terms.MaxRate} for a unit of gas, and more than nothing.")
            : Verdict.Allowed;
    }
}
