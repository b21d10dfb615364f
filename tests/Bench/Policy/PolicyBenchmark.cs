using System.Diagnostics;
using System.Globalization;
using Custody.Bench.Engine;
using Custody.Core.Customers;
using Custody.Core.Governance;
using Custody.Core.Ledger;
using Custody.Core.Policy;
using Custody.Core.Prices;
using Custody.Core.Results;
using Custody.Storage;
using Custody.Storage.Journals;
using Custody.Testing;
using Custody.Testing.World;

namespace Custody.Bench.Policy;

/// <summary>One evaluation of 200 rules whose every condition is asked, and what a reservation costs in storage operations.</summary>
internal sealed class PolicyBenchmark : IBenchmark
{
    private const int Rules = 200;
    private const int Rounds = 5_000;

    public string Name => "policy";

    public async Task RunAsync(TextWriter output, CancellationToken cancellation)
    {
        await output.WriteLineAsync($"policy: {Rules} rules, of which the last matches; hours in a named zone, first use and value asked of each");
        var world = CustodyWorld.Default;
        var governed = Ruled(world);
        var facts = new PolicyFacts(world.IntentAt, DestinationKind.WhitelistedExternal, new DestinationHistory(false, 0), new PriceReading(Verdict.Allowed, world.Prices[0]));
        var decision = Evaluate(Rounds / 10, world, governed, facts, out _);
        decision = Evaluate(Rounds, world, governed, facts, out var elapsed);
        await output.WriteLineAsync($"  matched            {decision.Rule?.Id ?? decision.Verdict.Code.ToString()}");
        await output.WriteLineAsync($"  one evaluation     {elapsed.TotalMilliseconds / Rounds:0.000} ms (target: under 1 ms)");
        await ReserveAsync(output, cancellation);
    }

    private static PolicyDecision Evaluate(int rounds, CustodyWorld world, Governed governed, PolicyFacts facts, out TimeSpan elapsed)
    {
        var decision = default(PolicyDecision);
        var request = world.Request;
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < rounds; i++)
        {
            decision = PolicyEvaluator.Evaluate(request, CustomerClass.Retail, governed, facts);
        }

        elapsed = watch.Elapsed;
        return decision;
    }

    // Every rule but the last holds in all but its value, which is asked last.
    private static Governed Ruled(CustodyWorld world)
    {
        var standard = world.Governance.Rules[0] with
        {
            Clients = ["exchange-a"],
            MinAmount = 1,
            Destinations = [DestinationKind.WhitelistedExternal],
            Times = [new TimeWindow("Asia/Hong_Kong", "00:00", "24:00")],
            FirstUse = true,
        };
        var rules = Enumerable.Range(1, Rules).Select(i => standard with { Id = $"rule-{i}", Value = i == Rules ? null : new ValueRange(100_000_000 + i, null) });
        return (world with { Governance = world.Governance with { Rules = [.. rules] } }).Governed;
    }

    private static async Task ReserveAsync(TextWriter output, CancellationToken cancellation)
    {
        await using var azurite = await AzuriteServer.StartAsync();
        using var folder = new TemporaryFolder();
        var counter = new RequestCounter();
        CustodyStorage Open() => new(new CustodyStorageOptions
        {
            Pipeline = new StorageAccountOptions { ConnectionString = azurite.PipelineConnection },
            Journals = new StorageAccountOptions { ConnectionString = azurite.JournalConnection },
            Witness = new FileHeadWitness(folder.Of("witness")),
            TrustRoot = CustodyWorld.Default.TrustRoot,
            Time = TimeProvider.System,
            Policies = [counter],
        });
        var processes = Enumerable.Range(0, 3).Select(_ => Open().Reservations).ToList();
        await Open().EnsureCreatedAsync(cancellation);
        var professional = CustodyWorld.Default.Governance.Limits.Select(l => new ReservedWindow(l with { MaxAmount = 10_000 }, l.Scope.ToString())).ToList();
        var retail = (IReadOnlyList<ReservedWindow>)[
            new ReservedWindow(new VelocityLimit(LimitScope.CustomerValue, SampleGovernance.Ether, RetailTerms.WindowSeconds, 10_000), "customer", 10), .. professional];
        await CountAsync("reservation", "a professional customer's: 4 windows and a hold", ["w1"], professional, ReserveOneAsync);
        await CountAsync("reservation", "a retail customer's: a day's value besides", ["w2"], retail, ReserveOneAsync);
        var many = Enumerable.Range(0, 50).Select(i => $"m{i}").ToList();
        await CountAsync("reservation", "50 retail at once in one process, on the mean", many, retail, ReserveOneAsync);
        await CountAsync("release", "a retail customer's", ["w2"], retail, (reservation, _) => processes[0].ReleaseAsync(reservation, cancellation));
        await CountAsync("settlement", "a retail customer's, with its postings", ["m0"], retail, (reservation, _) => processes[0].SettleAsync(reservation, isPaid: true, 1, "0x1", CustodyWorld.Start, cancellation));
        many = [.. Enumerable.Range(0, 50).Select(i => $"n{i}")];
        await CountAsync("reservation", "50 at once over 3 processes, lost races included, on the mean", many, retail, (r, i) => ReserveInAsync(i % 3, r));

        async Task CountAsync(string name, string what, IReadOnlyList<string> ids, IReadOnlyList<ReservedWindow> windows, Func<Reservation, int, Task> act)
        {
            counter.Reset(countRows: false);
            await Task.WhenAll(ids.Select((id, i) => act(new Reservation(id, SampleGovernance.Ether, 5, 1, "hot-1", windows), i)));
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {name}: {(double)counter.Total / ids.Count:0.#} storage operations{(name == "reservation" ? " (budget 4)" : "")}, {what}"));
        }

        Task ReserveOneAsync(Reservation reservation, int number) => ReserveInAsync(0, reservation);

        async Task ReserveInAsync(int process, Reservation reservation)
        {
            if (await processes[process].ReserveAsync(reservation, 10_000, CustodyWorld.Start, cancellation) is { IsAllowed: false } refused)
            {
                throw new InvalidOperationException($"What is measured was refused: {refused.Code}.");
            }
        }
    }
}
