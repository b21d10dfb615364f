using System.Diagnostics;
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
        var storage = new CustodyStorage(new CustodyStorageOptions
        {
            Pipeline = new StorageAccountOptions { ConnectionString = azurite.PipelineConnection },
            Journals = new StorageAccountOptions { ConnectionString = azurite.JournalConnection },
            Witness = new FileHeadWitness(folder.Of("witness")),
            TrustRoot = CustodyWorld.Default.TrustRoot,
            Time = TimeProvider.System,
            Policies = [counter],
        });
        await storage.EnsureCreatedAsync(cancellation);
        var limits = CustodyWorld.Default.Governance.Limits;
        await CountAsync("4 windows and a hold", "w1", [.. limits.Select(l => new ReservedWindow(l, l.Scope.ToString()))]);
        await CountAsync("and a retail customer's day", "w2", [
            new ReservedWindow(new VelocityLimit(LimitScope.CustomerValue, SampleGovernance.Ether, RetailTerms.WindowSeconds, 1_000), "customer", 10),
            .. limits.Select(l => new ReservedWindow(l, l.Scope.ToString()))]);

        async Task CountAsync(string what, string id, IReadOnlyList<ReservedWindow> windows)
        {
            counter.Reset(countRows: false);
            var reservation = new Reservation(id, SampleGovernance.Ether, 5, 1, "hot-1", windows);
            var verdict = await storage.Reservations.ReserveAsync(reservation, 1_000, CustodyWorld.Start, cancellation);
            await output.WriteLineAsync($"  reservation        {counter.Total} storage operations, {what}{(verdict.IsAllowed ? "" : $" ({verdict.Code})")} (target: at most 4)");
        }
    }
}
