using Custody.Core.Governance;
using Custody.Core.Operators;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Maintenance;

/// <summary>
/// Rule: upkeep is done only when as many different operators as the version in force asks for, and at least two, sign the same order
/// within its terms. It is operators who approve, and not approvers: whom it pays is nobody's choice but a vault's own key, and how
/// much of it there may be was approved by the governors; so what is left to decide is when, and nobody decides that alone.
/// </summary>
public static class UpkeepStatementRule
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
        var verdict = statement.Kind != MaintenanceKind.Unknown && statement.Kind == statement.ToOrder().Kind() ? Within(statement.ToOrder(), governed)
            : Verdict.Refused(RefusalCode.FieldInvalid, "The kind must be gapFill, with a nonce, or gasFunding, with a funding.");
        return verdict.IsAllowed ? reading : new OperatorReading<MaintenanceStatement>(verdict, null, null);
    }

    /// <summary>Whether these statements, verified under governance in force, make this order.</summary>
    public static Verdict Together(IEnumerable<string> statements, UpkeepOrder order, Governed governed, Clocks now)
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
    public static int Needed(UpkeepOrder order, Governed governed)
    {
        var terms = governed.Chain(order.Chain)?.Maintenance;
        return Math.Max(2, (order.Funding is null ? terms?.Quorum : terms?.GasFunding?.Quorum) ?? 2);
    }

    private static Verdict Within(UpkeepOrder order, Governed governed) => governed.Chain(order.Chain)?.Maintenance is not { } terms
            ? Verdict.Refused(RefusalCode.MaintenanceNotGoverned, $"Governance has no terms for the upkeep of vaults on {order.Chain}.")
        : order.Funding is { } funding ? FundingRule.Within(order, funding, terms.GasFunding, governed)
        : order.Intent(governed) is not { } intent || intent.Destination != order.Account
            ? Verdict.Refused(RefusalCode.MaintenanceAccountWrong, $"{order.Account} is not the account of a vault '{order.VaultId}' on {order.Chain}.")
        : Fee(order, terms.MaxTotal, terms.MaxRate);

    internal static Verdict Fee(UpkeepOrder order, System.Numerics.BigInteger maxTotal, System.Numerics.BigInteger maxRate) =>
        order.MaxTotal.Sign <= 0 || order.MaxRate.Sign <= 0 || order.MaxTotal > maxTotal || order.MaxRate > maxRate
            ? Verdict.Refused(RefusalCode.MaintenanceFeeAboveTerms, $"It may cost up to {maxTotal} and offer up to {maxRate} for a unit of gas, and more than nothing.")
            : Verdict.Allowed;
}
