using System.Collections.Concurrent;
using System.Diagnostics;
using Custody.Chains.Evm;
using Custody.Comparison;
using Custody.Comparison.Evm;
using Custody.Core.Assets;
using Custody.Core.Encoding;
using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Core.Vaults;
using Custody.Core.Withdrawals;
using Custody.Testing.World;
using Custody.Vaults.Gate;
using Microsoft.Extensions.Logging.Abstractions;

namespace Custody.Bench.Signing;

/// <summary>
/// What the gate and the comparison calculate for one withdrawal, besides storage and the HSM: the stores are in memory, and the
/// vault returns what it signed in a run that is not counted. Each payment has a request and votes of its own; governance, the customer,
/// the whitelist entry, the sanctions list and the prices are the same for all, as in a process that runs. By this process's processor time, which a busy machine does not stretch.
/// </summary>
internal sealed class GateBenchmark : IBenchmark
{
    private const int Withdrawals = 200;
    private const int Rounds = 5;

    // A process that runs for days has its methods compiled for good after the first thousand payments.
    private const int Unmeasured = 6;

    public string Name => "gate";

    public async Task RunAsync(TextWriter output, CancellationToken cancellation)
    {
        var signatures = new ConcurrentDictionary<string, byte[]>(StringComparer.Ordinal);
        for (var round = 0; round < Unmeasured; round++)
        {
            await RoundAsync(signatures, null, cancellation);
        }

        var spent = new Spent();
        for (var round = 0; round < Rounds; round++)
        {
            await RoundAsync(signatures, spent, cancellation);
        }

        var (gate, compare) = (spent.Gate / (Rounds * Withdrawals), spent.Compare / (Rounds * Withdrawals));
        await output.WriteLineAsync("gate: two approvals, policy, whitelist, screening, windows, journals; then the comparison and its certificate's digests");
        await output.WriteLineAsync($"  gate {gate:0.00} ms, compare {compare:0.00} ms, together {gate + compare:0.00} ms of CPU a withdrawal (target: under 2 ms)");
    }

    private static async Task RoundAsync(ConcurrentDictionary<string, byte[]> signatures, Spent? spent, CancellationToken cancellation)
    {
        var places = Enumerable.Range(0, Withdrawals).Select(number => new Place(number, signatures)).ToList();
        var before = Cpu();
        foreach (var place in places)
        {
            place.Outcome = await place.Gate.SignAsync(place.World.WithdrawalId, cancellation);
        }

        var between = Cpu();
        foreach (var place in places)
        {
            if (place.Compare() is not ComparisonResult.Match)
            {
                throw new InvalidOperationException("What the gate signed does not compare.");
            }
        }

        var after = Cpu();
        if (spent is not null)
        {
            spent.Gate += (between - before).TotalMilliseconds;
            spent.Compare += (after - between).TotalMilliseconds;
        }
    }

    private static TimeSpan Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    private sealed class StandingTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    private sealed class Spent
    {
        public double Gate { get; set; }

        public double Compare { get; set; }
    }

    /// <summary>A withdrawal that is ready to be signed, in stores of its own.</summary>
    private sealed class Place : IChainClock
    {
        private static readonly Effects Unwatched = new();
        private static readonly CustodyWorld Default = CustodyWorld.Default;

        // What stands is signed once and read for each payment; a world would sign it anew each time that it is asked.
        private static readonly CustodyWorld Standing = Default with { GovernanceDocument = Default.GovernanceDocument, CustomerDocument = Default.CustomerDocument, EntryDocument = Default.EntryDocument };
        private static readonly SignedDocument List = Default.SanctionsListDocument;
        private static readonly IReadOnlyList<SignedDocument> Prices = Default.PriceDocuments;
        private static readonly IReadOnlyList<StopFact> Stood = [Default.InForce, Default.Activated, Default.ListInForce with { Evidence = List.Signatures }];
        private readonly MemorySignedTransactions _signed = new(Unwatched);
        private readonly byte[] _unsigned;

        private readonly Core.Intents.WithdrawalIntent _intent;
        private readonly Dictionary<ChainId, AssetId> _native;

        public Place(int number, ConcurrentDictionary<string, byte[]> signatures)
        {
            World = Standing with { Request = Default.Request with { RequestId = $"request-{number}" } };
            // A world makes everything anew each time that it is asked.
            (_intent, _native) = (World.Intent, Native(World.Governed));
            _unsigned = UnsignedTransaction.Encode(new EvmTransfer(31337, 7, 1_000_000_000, 2_000_000_000, EvmAddress.Parse(_intent.Destination), _intent.Amount));
            var time = new StandingTime(World.Now);
            var withdrawals = new MemoryWithdrawals(Unwatched, time);
            withdrawals.Stored[World.WithdrawalId] = World.Case(_unsigned);
            var facts = new MemoryFacts(Unwatched);
            facts.Stored[(FactKind.Governance, FactId.Governance(1))] = World.GovernanceDocument;
            facts.Stored[(FactKind.SanctionsList, World.SanctionsList.Digest())] = List;
            facts.Stored[(FactKind.Customer, FactId.Customer(World.Request.ClientId, World.Request.CustomerId))] = World.CustomerDocument;
            facts.Stored[(FactKind.WhitelistEntry, World.Request.WhitelistEntryId)] = World.EntryDocument;
            var prices = new MemoryPrices(Unwatched);
            prices.Stored.AddRange(Prices);
            var stops = new MemoryStopJournal(StopLines.Of([.. Stood, World.QuorumReached]), time, Unwatched);
            var (vault, root) = (new SoftwareVault(People.HotKey, World.TrustRoot, Unwatched), World.TrustRoot);
            vault.Answer = digest => new VaultSigning.Signed(
                signatures.GetOrAdd(Convert.ToHexStringLower(digest), _ => People.HotKey.Sign(digest)));
            Gate = new SigningGate(
                new GateStores(withdrawals, facts, stops, new MemorySigningJournal(time, Unwatched), _signed, prices, new MemoryUpkeep(Unwatched)),
                new Dictionary<string, IVault>(StringComparer.Ordinal) { ["hot-1"] = vault },
                governed => new EvmUnsignedReader(Native(governed)), new EvmTransactionAssembler(), this, root, time, NullLogger<SigningGate>.Instance);
        }

        public CustodyWorld World { get; }

        public SigningGate Gate { get; }

        public GateOutcome? Outcome { get; set; }

        public ComparisonResult Compare()
        {
            var record = Outcome is GateOutcome.Signed signed && _signed.Stored.Values.Single() is var only && only.TransactionId == signed.TransactionId
                ? only
                : throw new InvalidOperationException($"The gate did not sign: {Outcome}");
            return new TransactionComparison(_native).Compare(new ComparisonInput(
                _intent, _unsigned, Convert.FromHexString(record.Signed), People.HotKey.PublicKey, People.HotKey.Address.ToString(), 7));
        }

        public Task<DateTimeOffset?> NewestFinalAsync(ChainId chain, Governed governed, CancellationToken cancellation) => Task.FromResult(World.ChainTime);

        private static Dictionary<ChainId, AssetId> Native(Governed governed) =>
            governed.Document.Assets.Where(a => a.Id.IsNative).ToDictionary(a => a.Id.Chain, a => a.Id);
    }
}
