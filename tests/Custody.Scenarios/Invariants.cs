using Custody.Core.Audit;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios;

/// <summary>
/// What holds at the end of every script, said or not: each transaction of the vault that no step stole is one approved intent of one withdrawal moves nothing as a gap fill, or is the one transfer to another vault of an order of gas funding,
/// no withdrawal paid twice, and every audit chain verifies.
/// </summary>
internal static class Invariants
{
    public static async Task<string?> ProblemAsync(World world, CancellationToken cancellation)
    {
        await world.RememberAsync(cancellation);
        var unpaid = new HashSet<string>(world.Withdrawals.Values, StringComparer.Ordinal);
        var funded = new HashSet<string>(StringComparer.Ordinal);
        foreach (var transaction in await world.Ledger.SentAsync())
        {
            var hash = transaction.GetProperty("hash").GetString()!;
            if (world.Stolen.Contains(hash))
            {
                continue;
            }

            if (world.Filled.GetValueOrDefault(hash) is { } order && (order.Funding is { } funding
                ? PaymentCheck.IsFunding(world, transaction) && ChainLedger.Number(transaction.GetProperty("value").GetString()) == funding.Amount && funded.Add(order.Id())
                : PaymentCheck.IsFill(transaction)))
            {
                continue;
            }

            if (world.Signed.GetValueOrDefault(hash) is not { } id || !unpaid.Remove(id))
            {
                return $"{hash} left the vault, and is {(world.Signed.ContainsKey(hash) ? "a second payment of its withdrawal" : "nobody's")}";
            }

            if (await PaymentCheck.ProblemAsync(world, transaction, world.Remembered[id]) is { } difference)
            {
                return difference;
            }
        }

        foreach (var (name, id) in world.Withdrawals)
        {
            if (await world.Storage.Custody.Withdrawals.LoadAsync(id, cancellation) is { } file
                && AuditChain.Problem(id, await world.Storage.Custody.Withdrawals.AuditAsync(id, cancellation), file.State.AuditHead) is { } broken)
            {
                return $"the audit chain of '{name}' does not verify: {broken}";
            }
        }

        return null;
    }
}
