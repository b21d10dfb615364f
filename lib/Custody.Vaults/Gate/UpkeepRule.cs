using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Maintenance;
using Custody.Core.Results;
using Custody.Core.Transactions;

namespace Custody.Vaults.Gate;

/// <summary>What holds for everything that operators order, and which rule goes on from there.</summary>
public static class UpkeepRule
{
    /// <summary>Decides whether the vault may be asked, and for what.</summary>
    public static GateDecision Decide(UpkeepFacts facts, IUnsignedTransactionReader reader) => facts.File.Order.Kind() switch
    {
        MaintenanceKind.GapFill => GapFillRule.Decide(facts, reader),
        MaintenanceKind.GasFunding => GasFundingRule.Decide(facts, reader),
        _ => Unknown,
    };

    /// <summary>Decides as far as can be told before anything is built. It has no order, whatever it says.</summary>
    public static GateDecision DecideOrdered(UpkeepFacts facts) => facts.File.Order.Kind() switch
    {
        MaintenanceKind.GapFill => GapFillRule.DecideOrdered(facts),
        MaintenanceKind.GasFunding => GasFundingRule.DecideOrdered(facts),
        _ => Unknown,
    };

    private static GateDecision Unknown => GateDecision.Refused(RefusalCode.IntentTampered, "The order is of no kind.");

    /// <summary>
    /// Whether operators ordered it, its vault's key is active and nothing ended it; with the intent that follows and the vault, when all
    /// of that holds.
    /// </summary>
    internal static (Verdict Verdict, WithdrawalIntent? Intent, VaultRegistration? Vault) Ordered(UpkeepFacts facts)
    {
        var order = facts.File.Order;
        if (facts.File.Id != facts.Id || order.Id() != facts.Id)
        {
            return (Verdict.Refused(RefusalCode.IntentTampered, "The file belongs to another order."), null, null);
        }

        var verdict = UpkeepStatementRule.Together(facts.File.Statements, order, facts.Governed, facts.Clocks);
        if (!verdict.IsAllowed || order.Intent(facts.Governed) is not { } intent || facts.Governed.Vault(order.VaultId) is not { } vault)
        {
            return (verdict.IsAllowed ? default : verdict, null, null);
        }

        verdict = Verdict.All(
            () => KeyStateRule.Check(vault),
            () => HostClockRule.Check(facts.Clocks),
            () => facts.Stops.EndOf(facts.Id) is { } end ? Verdict.Refused(RefusalCode.Stopped, $"The order was ended: {end.Reason}") : Verdict.Allowed);
        return verdict.IsAllowed ? (verdict, intent, vault) : (verdict, null, null);
    }

    /// <summary>The bytes of the file, decoded and exactly the intent.</summary>
    internal static (Verdict Verdict, SigningOrder? Order) Read(UpkeepFacts facts, IUnsignedTransactionReader reader, WithdrawalIntent intent, VaultRegistration vault) =>
        Bytes(facts.File.Unsigned) is { } unsigned
            ? TransactionRule.Check(reader, intent, vault, unsigned)
            : (Verdict.Refused(RefusalCode.TransactionMismatch, "There are no unsigned bytes for the order."), null);

    private static byte[]? Bytes(string? hex)
    {
        try
        {
            return hex is null ? null : Convert.FromHexString(hex);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
