using System.Numerics;
using Custody.Core.Ledger;
using Custody.Core.Policy;
using Custody.Storage.Ledger;
using Custody.Storage.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Custody.Storage.Tests;

/// <summary>
/// Limits under interleavings that a generator makes: fifty operations of three processes on the real storage, reserving, dying
/// before they learn the answer, giving back and settling, several at a time and on the same withdrawals.
/// </summary>
public sealed class ReservationInterleavingTests(AzuriteFixture azurite)
{
    private const int Operations = 50;
    private const int Withdrawals = 18;
    private const int Processes = 3;
    private const int Balance = 130;
    private const int DayOfACustomer = 33;

    private static CancellationToken Cancellation => Place.Cancellation;

    private static Gen<Move> Moves =>
        from kind in Gen.Frequency((5, Gen.Constant(Kind.Reserve)), (2, Gen.Constant(Kind.ReserveAndDie)), (2, Gen.Constant(Kind.Release)), (2, Gen.Constant(Kind.Settle)))
        from withdrawal in Gen.Choose(0, Withdrawals - 1)
        from process in Gen.Choose(0, Processes - 1)
        from dies in Gen.Choose(1, 4)
        from endsBatch in Gen.Choose(0, 5)
        select new Move(kind, withdrawal, process, dies, endsBatch == 0);

    // No shrinking: each case is a whole run against the storage.
    private static Arbitrary<Move[]> Schedules => Moves.ArrayOf(Operations).ToArbitrary();

    [Property(MaxTest = 4)]
    public Property Operations_FiftyInterleavedOverThreeProcesses_NeverPassALimitNorCountTooLittle() =>
        Prop.ForAll(Schedules, schedule => Task.Run(() => PlayAsync(schedule), Cancellation).GetAwaiter().GetResult());

    private async Task PlayAsync(Move[] schedule)
    {
        using var place = await Place.CreateAsync(azurite);
        var run = new Run(place, [.. Enumerable.Range(0, Processes).Select(_ => place.Open().Reservations)]);
        var batch = new List<Move>();
        foreach (var move in schedule)
        {
            batch.Add(move);
            if (move.EndsBatch)
            {
                await PlayAsync(run, batch);
                batch.Clear();
            }
        }

        await PlayAsync(run, batch);
        await EndAsync(run);
    }

    // All of a batch at once, while somebody looks: no counter may be above its limit at any moment, and none below what was acknowledged after it.
    private static async Task PlayAsync(Run run, IReadOnlyList<Move> batch)
    {
        var all = Task.WhenAll(batch.GroupBy(m => m.Withdrawal).SelectMany(g => Together(run, [.. g])));
        do
        {
            await run.LookAsync(isQuiet: false);
        }
        while (!all.IsCompleted);

        await all;
        await run.LookAsync(isQuiet: true);
    }

    // Only what was acknowledged is paid, and what is being paid nobody else ends: the others of the batch leave it alone.
    private static IEnumerable<Task> Together(Run run, IReadOnlyList<Move> moves)
    {
        var id = moves[0].Withdrawal;
        return moves.Any(m => m.Kind == Kind.Settle) && run.Acknowledged.Contains(id)
            ? [run.SettleAsync(moves.First(m => m.Kind == Kind.Settle))]
            : run.Begin(id, moves) is var open && open.Count > 0 ? [.. open.Select(run.PlayAsync)] : [];
    }

    // Every withdrawal that was not paid ends: nothing of it may be left, and all that was paid still counts.
    private static async Task EndAsync(Run run)
    {
        await Task.WhenAll(Enumerable.Range(0, Withdrawals).Where(w => !run.Settled.Contains(w)).Select(w => run.Stores[w % Processes].ReleaseAsync(Make(w), Cancellation)));
        var counters = await ReadAsync(run.Place);

        Assert.All(counters, c => Assert.Equal(0, c.Open));
        foreach (var expected in Windows(run.Settled))
        {
            Assert.Equal(expected.Sum, counters.FirstOrDefault(c => c.Name == expected.Name)?.Settled ?? 0);
        }

        Assert.Equal(2 * run.Settled.Count, (await BookRows.ValuesAsync(run.Place)).Count(v => v.EndsWith("settled", StringComparison.Ordinal)));
        Assert.Equal(2 * run.Settled.Count, (await BookRows.ValuesAsync(run.Place)).Count);
    }

    private static async Task<IReadOnlyList<BookRows.Counted>> ReadAsync(Place place) => [.. await BookRows.ReadAsync(place), .. await BookRows.ReadValuesAsync(place)];

    // Windows that overlap in different ways, and so small that most of what is asked for is refused.
    private static Reservation Make(int withdrawal) => Sample.Reservation(
        Sample.WithdrawalId($"w{withdrawal}"), 10,
        Sample.Window(LimitScope.CustomerValue, $"exchange/c{withdrawal % 3}", DayOfACustomer) with { Amount = 7 + (withdrawal % 3) },
        Sample.Window(LimitScope.Destination, $"0x{withdrawal % 4}", most: 35),
        Sample.Window(LimitScope.Client, $"exchange-{withdrawal % 2}", most: 65),
        Sample.Window(LimitScope.Platform, "platform", most: 105),
        Sample.Window(LimitScope.PlatformValue, "platform", most: 75) with { Amount = 7 + (withdrawal % 3) });

    private static IEnumerable<(string Name, BigInteger Sum, BigInteger Most)> Windows(IEnumerable<int> withdrawals) => withdrawals.Select(Make)
        .SelectMany(r => r.Windows.Select(w => (Window: w, Amount: w.Amount ?? r.Amount)))
        .GroupBy(w => (Name: $"{w.Window.Limit.Scope.ToString().ToLowerInvariant()}.{w.Window.Subject}.3600", Most: w.Window.Limit.MaxAmount))
        .Select(g => (g.Key.Name, g.Aggregate(BigInteger.Zero, (sum, w) => sum + w.Amount), g.Key.Most));

    private enum Kind
    {
        Reserve,
        ReserveAndDie,
        Release,
        Settle,
    }

    /// <summary>One operation.</summary>
    /// <param name="Kind">Which; a settle of what is not known to be reserved is a release.</param>
    /// <param name="Withdrawal">On which withdrawal.</param>
    /// <param name="Process">By which process.</param>
    /// <param name="Dies">After which of its requests it dies, if it does.</param>
    /// <param name="EndsBatch">Whether what comes next waits for it.</param>
    private sealed record Move(Kind Kind, int Withdrawal, int Process, int Dies, bool EndsBatch);

    /// <summary>What is known while a schedule runs.</summary>
    private sealed class Run(Place place, IReadOnlyList<TableReservationStore> stores)
    {
        private readonly Lock _lock = new();
        private readonly HashSet<int> _ending = [];

        public Place Place => place;

        public IReadOnlyList<TableReservationStore> Stores => stores;

        /// <summary>Whose reservation was acknowledged, and which nobody has begun to give back.</summary>
        public HashSet<int> Acknowledged { get; } = [];

        public HashSet<int> Settled { get; } = [];

        /// <summary>What of a batch happens to a withdrawal; from its first release on nothing is known of it until the batch ends.</summary>
        public IReadOnlyList<Move> Begin(int withdrawal, IReadOnlyList<Move> moves)
        {
            if (Settled.Contains(withdrawal))
            {
                // It ended: a late run finds it booked, and changes nothing.
                return [.. moves.Where(m => m.Kind is Kind.Reserve or Kind.Release)];
            }

            if (moves.Any(m => m.Kind is Kind.Release or Kind.Settle))
            {
                Acknowledged.Remove(withdrawal);
                lock (_lock)
                {
                    _ending.Add(withdrawal);
                }
            }

            return moves;
        }

        public async Task PlayAsync(Move move)
        {
            switch (move.Kind)
            {
                case Kind.Reserve:
                    var verdict = await stores[move.Process].ReserveAsync(Make(move.Withdrawal), Balance, Sample.Start, Cancellation);
                    lock (_lock)
                    {
                        if (verdict.IsAllowed && !_ending.Contains(move.Withdrawal) && !Settled.Contains(move.Withdrawal))
                        {
                            Acknowledged.Add(move.Withdrawal);
                        }
                    }

                    break;
                case Kind.ReserveAndDie:
                    var tap = new RequestTap();
                    tap.Choose(move.Dies, Fault.CrashAfter);
                    try
                    {
                        await place.Open(tap).Reservations.ReserveAsync(Make(move.Withdrawal), Balance, Sample.Start, Cancellation);
                    }
                    catch (CrashException)
                    {
                        // Whether it is reserved nobody knows, which is the point.
                    }

                    break;
                default:
                    await stores[move.Process].ReleaseAsync(Make(move.Withdrawal), Cancellation);
                    break;
            }
        }

        public async Task SettleAsync(Move move)
        {
            await stores[move.Process].SettleAsync(Make(move.Withdrawal), isPaid: true, 1, "0x1", Sample.Start, Cancellation);
            lock (_lock)
            {
                Settled.Add(move.Withdrawal);
            }
        }

        /// <summary>Every counter is within its limit. Between batches each also counts all that was acknowledged.</summary>
        public async Task LookAsync(bool isQuiet)
        {
            var counters = await ReadAsync(place);
            var most = Windows(Enumerable.Range(0, Withdrawals)).ToDictionary(w => w.Name, w => w.Most, StringComparer.Ordinal);
            Assert.All(counters, c => Assert.True(c.Open + c.Settled <= (c.Name.StartsWith("hold.", StringComparison.Ordinal) ? Balance : most[c.Name]), $"{c} is above its limit"));
            if (!isQuiet)
            {
                return;
            }

            _ending.Clear();
            foreach (var known in Windows(Acknowledged.Union(Settled)))
            {
                var counter = counters.FirstOrDefault(c => c.Name == known.Name);
                Assert.True(counter is not null && counter.Open + counter.Settled >= known.Sum, $"{known.Name} counts {counter} and {known.Sum} was acknowledged");
            }
        }
    }
}
