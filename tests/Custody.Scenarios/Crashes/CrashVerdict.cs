using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Custody.Core.Encoding;
using Custody.Core.Journals;
using Custody.Core.Withdrawals;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Crashes;

/// <summary>
/// What must be true when every payment ended, whatever failed: each was paid once, or refused with everything given back.
/// </summary>
internal static partial class CrashVerdict
{
    /// <summary>The first thing that is not so, as a sentence; null when all is.</summary>
    public static async Task<string?> ProblemAsync(World world, ICrashChain chain, IReadOnlyList<WatchedPayment> payments, CancellationToken cancellation)
    {
        if ((await Invariants.ProblemAsync(world, cancellation) ?? await chain.LeftInPoolAsync(world)) is { } problem)
        {
            return problem;
        }

        var onChain = (await world.Ledger.SentAsync()).Select(t => world.Signed[t.GetProperty("hash").GetString()!]).ToHashSet(StringComparer.Ordinal);
        var lines = (await world.Storage.JournalAsync($"signing/{world.Vault.Id}", cancellation))
            .Select(l => CanonicalJson.Deserialize<SigningEntry>(Encoding.UTF8.GetBytes(l))).Where(e => e.Slots.Count > 0).ToLookup(e => e.WithdrawalId, StringComparer.Ordinal);
        var ledger = await RowsAsync(world, "Ledger", cancellation);
        var nonces = await RowsAsync(world, "Nonces", cancellation);
        foreach (var payment in payments)
        {
            var state = (await world.Storage.Custody.Withdrawals.LoadAsync(payment.Id, cancellation))!.State;
            var own = ledger.SingleOrDefault(r => r.RowKey == $"withdrawal-{payment.Id}");
            var wrong = payment.Way == Way.Rejected && state.Status != WithdrawalStatus.Rejected ? "an approver rejected it"
                : state.Status == WithdrawalStatus.Settled ? Paid(payment, onChain, lines, ledger, own)
                : Refused(payment, onChain, own, nonces);
            if (wrong is not null)
            {
                return $"{payment.Story} ended {state.Status} ({state.Reason}), and {wrong}";
            }
        }

        var open = ledger.Where(r => r.RowKey.StartsWith("counter.", StringComparison.Ordinal)).SelectMany(Open).ToList();
        return onChain.Count > 0 && open.Count == 0 ? "the ledger counts nothing of what was paid"
            : open.FirstOrDefault(o => o != "0") is { } left ? $"{left} is still reserved, and every payment has ended"
            : null;
    }

    private static string? Paid(WatchedPayment payment, HashSet<string> onChain, ILookup<string, SigningEntry> lines, List<TableEntity> ledger, TableEntity? own)
    {
        var postings = ledger.Where(r => r.RowKey.StartsWith($"posting-{payment.Id}-", StringComparison.Ordinal)).ToList();
        var balance = postings.Aggregate(BigInteger.Zero, (sum, p) => sum + Number(p, "Debit") - Number(p, "Credit"));
        return !onChain.Contains(payment.Id) ? "nothing of it is on the chain"
            : lines[payment.Id].Select(e => e.Sighash).Distinct(StringComparer.Ordinal).Count() != 1 ? "more than one digest of it was let out to be signed"
            : own?.GetBoolean("Open") != false ? "its reservation is not closed"
            : postings.Count != 4 || !balance.IsZero ? $"the ledger has {postings.Count} postings of it with a balance of {balance}"
            : null;
    }

    private static string? Refused(WatchedPayment payment, HashSet<string> onChain, TableEntity? own, List<TableEntity> nonces) =>
        onChain.Contains(payment.Id) ? "it was paid"
        : own is not null ? "its reservation was not given back"
        : nonces.Any(n => n.RowKey == $"withdrawal-{payment.Id}") ? "its nonce was not given back"
        : null;

    private static BigInteger Number(TableEntity row, string column) => BigInteger.Parse(row.GetString(column), CultureInfo.InvariantCulture);

    private static IEnumerable<string> Open(TableEntity row) =>
        OpenAmount().Matches(string.Concat(row.Where(c => c.Key.StartsWith("Counters", StringComparison.Ordinal)).OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => c.Value as string)))
            .Select(m => m.Groups[1].Value);

    private static async Task<List<TableEntity>> RowsAsync(World world, string table, CancellationToken cancellation)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in world.Storage.Table(StorageAccountName.Pipeline, table).QueryAsync<TableEntity>(cancellationToken: cancellation))
        {
            rows.Add(row);
        }

        return rows;
    }

    [GeneratedRegex("\"open\":\"?([0-9]+)", RegexOptions.IgnoreCase)]
    private static partial Regex OpenAmount();
}
