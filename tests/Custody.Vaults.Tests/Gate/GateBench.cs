using System.Numerics;
using Custody.Chains.Evm;
using Custody.Comparison.Evm;
using Custody.Core.Approvals;
using Custody.Core.Assets;
using Custody.Core.Encoding;
using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Storage;
using Custody.Core.Vaults;
using Custody.Core.Withdrawals;
using Custody.Testing.World;
using Custody.Vaults.Gate;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Custody.Vaults.Tests.Gate;

/// <summary>The real gate, reader and assembler over stores in memory, filled from a world; everything can be changed before it is asked.</summary>
internal sealed class GateBench : IChainClock, IDuressSignal
{
    public GateBench(CustodyWorld? world = null, ulong nonce = 7)
    {
        World = world ?? CustodyWorld.Default;
        Time = new FakeTimeProvider(World.Now) { AutoAdvanceAmount = TimeSpan.Zero };
        ChainTime = World.ChainTime;
        Withdrawals = new MemoryWithdrawals(Effects, Time);
        Facts = new MemoryFacts(Effects);
        Stops = new MemoryStopJournal(StopLines.Of(World.StopFacts), Time, Effects);
        Signings = new MemorySigningJournal(Time, Effects);
        Signed = new MemorySignedTransactions(Effects);
        Prices = new MemoryPrices(Effects);
        Fills = new MemoryUpkeep(Effects);
        Prices.Stored.AddRange(World.PriceDocuments);
        Hot = new SoftwareVault(People.HotKey, World.TrustRoot, Effects);
        Warm = new SoftwareVault(People.WarmKey, World.TrustRoot, Effects);
        Devices = new(StringComparer.Ordinal) { ["hot-1"] = Hot, ["warm-1"] = Warm };
        PinnedRoot = World.TrustRoot;
        Facts.Stored[(FactKind.Governance, FactId.Governance(1))] = World.GovernanceDocument;
        Facts.Stored[(FactKind.SanctionsList, World.SanctionsList.Digest())] = World.SanctionsListDocument;
        Put(World, nonce);
    }

    public CustodyWorld World { get; }
    public Effects Effects { get; } = new();
    public FakeTimeProvider Time { get; }
    public DateTimeOffset? ChainTime { get; set; }
    public string PinnedRoot { get; set; }
    public DuressOpenings? Openings { get; set; }

    /// <summary>What the SOC was told.</summary>
    public List<(string Subject, string Device)> Duress { get; } = [];
    public MemoryWithdrawals Withdrawals { get; }
    public MemoryFacts Facts { get; }
    public MemoryStopJournal Stops { get; }
    public MemorySigningJournal Signings { get; }
    public MemorySignedTransactions Signed { get; }
    public MemoryPrices Prices { get; }
    public MemoryUpkeep Fills { get; }
    public SoftwareVault Hot { get; }
    public SoftwareVault Warm { get; }
    public Dictionary<string, IVault> Devices { get; }
    public ITokenCheck? Tokens { get; set; }
    public string Id => World.WithdrawalId;
    public WithdrawalCase Case => Withdrawals.Stored[Id];

    public static CustodyWorld Attempt2(CustodyWorld first) => first with { Attempt = 2, ParentDigest = first.Intent.Digest() };

    /// <summary>A transfer that pays the intent, on the local chain.</summary>
    public static EvmTransfer Transfer(WithdrawalIntent intent, ulong nonce, long maxFee = 2_000_000_000) =>
        new(31337, nonce, 1_000_000_000, maxFee, EvmAddress.Parse(intent.Destination), intent.Amount);

    public Task<GateOutcome> SignAsync(string? id = null) => NewGate().SignAsync(id ?? Id, TestContext.Current.CancellationToken);

    /// <summary>How long the gate keeps the withdrawal waiting before anything is built; null when it does not.</summary>
    public async Task<DateTimeOffset?> WaitsUntilAsync() =>
        await NewGate().ReadyAsync(Id, TestContext.Current.CancellationToken) is GateReadiness.Obstacle { Why: GateOutcome.NotYet waits } ? waits.Until : null;

    /// <summary>The gate as a process that has just started has it: nothing in memory.</summary>
    public SigningGate NewGate() => new(
        new GateStores(Withdrawals, Facts, Stops, Signings, Signed, Prices, Fills), Devices,
        governed => new EvmUnsignedReader(
            governed.Document.Assets.Where(a => a.Id.IsNative).ToDictionary(a => a.Id.Chain, a => a.Id),
            governed.Document.Assets.Where(a => a.Token is not null).ToDictionary(a => a.Id, a => (ulong)a.Token!.GasCeiling)),
        new EvmTransactionAssembler(), this, PinnedRoot, Time, NullLogger<SigningGate>.Instance, Openings, this, Tokens);

    /// <summary>Stores a world's withdrawal ready to be signed, with what it rests on.</summary>
    public void Put(CustodyWorld world, ulong nonce = 7, EvmTransfer? transfer = null)
    {
        Withdrawals.Stored[world.WithdrawalId] = world.Case(
            UnsignedTransaction.Encode(transfer ?? Transfer(world.Intent, nonce)), Withdrawals.Stored.GetValueOrDefault(world.WithdrawalId));
        var request = world.Request;
        Facts.Stored[(FactKind.Customer, FactId.Customer(request.ClientId, request.CustomerId))] = world.CustomerDocument;
        Facts.Stored[(FactKind.WhitelistEntry, request.WhitelistEntryId)] = world.EntryDocument;
    }

    /// <summary>Another withdrawal of the same customer, with its own quorum in the stop journal.</summary>
    public CustodyWorld PutOther(string requestId, ulong nonce, BigInteger? amount = null)
    {
        var other = World with { Request = World.Request with { RequestId = requestId, Amount = amount ?? World.Request.Amount } };
        Put(other, nonce);
        RecordQuorum(other);
        return other;
    }

    /// <summary>Records a quorum twenty minutes ago, so that its cooling-off is past.</summary>
    public void RecordQuorum(CustodyWorld world) => Stops.Add(world.QuorumReached, CustodyWorld.Start.AddMinutes(-20));

    public void EditDocument(string name, Func<CaseDocument, CaseDocument?> edit)
    {
        var documents = Case.Documents.ToDictionary(StringComparer.Ordinal);
        if (edit(documents[name]) is { } edited)
        {
            documents[name] = edited;
        }
        else
        {
            documents.Remove(name);
        }

        Withdrawals.Stored[Id] = Case with { Documents = documents };
    }

    public void EditState(Func<WithdrawalState, WithdrawalState> edit) => Withdrawals.Stored[Id] = Case with { State = edit(Case.State) };

    public void EditKey(Func<VaultKeyFacts, VaultKeyFacts> edit) => Hot.Key = new VaultKeyReading.Found(edit(Hot.Facts));

    /// <summary>Asserts a refusal with exactly this code, and that no vault was asked.</summary>
    public async Task<GateOutcome.Refused> RefusedUnaskedAsync(RefusalCode code, string? id = null)
    {
        var before = Hot.Asked + Warm.Asked;
        var outcome = await SignAsync(id);
        var refused = Assert.IsType<GateOutcome.Refused>(outcome);
        Assert.True(code == refused.Code, $"expected {code}, got {refused.Code}: {refused.Detail}");
        Assert.Equal(before, Hot.Asked + Warm.Asked);
        Assert.DoesNotContain(Signed.Stored.Values, r => r.WithdrawalId == (id ?? Id));
        return refused;
    }

    public async Task<GateOutcome.Signed> SignedAsync(string? id = null)
    {
        var outcome = await SignAsync(id);
        return outcome as GateOutcome.Signed ?? throw new Xunit.Sdk.XunitException($"expected a signature, got {outcome}");
    }

    Task IDuressSignal.RaiseAsync(string subject, string device, CancellationToken cancellation) => Effects.RunAsync("duress.raise", () =>
    {
        Duress.Add((subject, device));
        return true;
    });

    Task<DateTimeOffset?> IChainClock.NewestFinalAsync(ChainId chain, Governed governed, CancellationToken cancellation) =>
        Effects.RunAsync("chain.clock", () => chain == SampleGovernance.Chain ? ChainTime : null);
}
