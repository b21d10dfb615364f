using Custody.Core.Governance;
using Custody.Core.Governance.Change;
using Custody.Core.Journals;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Functions.Alerts;
using Custody.Functions.Governance;
using Custody.Testing.World;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Custody.Functions.Tests.Changes;

/// <summary>
/// The code that changes governance, over a journal and facts in memory that outlive it: every start is a new process, with
/// nothing remembered. It can be told to die at the k-th effect of what is done next.
/// </summary>
internal sealed class ChangedGovernance
{
    private static readonly SoftwareKey[] Governors = [People.Gina, People.Gus, People.Gwen];

    private readonly Effects _effects = new();
    private readonly MemoryStopJournal _stops;
    private readonly MemoryFacts _facts;
    private readonly MemoryAlerts _alerts = new();
    private readonly MemoryWitness _witness = new();
    private readonly MemoryTrail _trail;
    private GovernanceArchive _archive = null!;
    private GovernanceChanger _changer = null!;

    public ChangedGovernance()
    {
        Host = new FakeTimeProvider(CustodyWorld.Start);
        Chain.Time = CustodyWorld.Start;
        _stops = new MemoryStopJournal(StopLines.Of([CustodyWorld.Default.InForce]), Host, _effects);
        _facts = new MemoryFacts(_effects);
        _trail = new MemoryTrail(Host);
        _facts.Stored[(FactKind.Governance, FactId.Governance(1))] = CustodyWorld.Default.GovernanceDocument;
        Start();
    }

    public FakeTimeProvider Host { get; }

    public MovedClock Chain { get; } = new();

    /// <summary>Everything that was ever signed as a next version.</summary>
    public Dictionary<string, GovernanceDocument> Known { get; } = new(StringComparer.Ordinal) { [CustodyWorld.Default.Governance.Digest()] = CustodyWorld.Default.Governance };

    public void Start()
    {
        _archive = new GovernanceArchive(_facts, CustodyWorld.Default.TrustRoot, Host);
        _changer = new GovernanceChanger(_archive, _facts, _stops, Chain, new GovernanceWitness(_witness), new AlertDesk(_alerts, Host, NullLogger<AlertDesk>.Instance), _trail, Host);
    }

    public async Task<StopView> ViewAsync() => (await _stops.ReadAsync(CancellationToken.None)).View;

    /// <summary>What a reader who has both clocks believes.</summary>
    public async Task<GovernanceReading> ReadAsync() =>
        (await new GovernanceArchive(_facts, CustodyWorld.Default.TrustRoot, Host).ReadAsync(await ViewAsync(), Chain.Time, CancellationToken.None)).Reading;

    /// <summary>Runs what may die at an effect (0: never), and starts anew where it did. False when it died.</summary>
    public async Task<bool> RunAsync(int diesAt, bool after, Func<Task> run)
    {
        var from = _effects.Names.Count;
        _effects.Interrupt = diesAt == 0 ? null : (number, name, happened) =>
        {
            if (number - from == diesAt && happened == after)
            {
                throw new SimulatedCrashException(name);
            }
        };
        try
        {
            await run();
            return true;
        }
        catch (SimulatedCrashException)
        {
            return false;
        }
        finally
        {
            _effects.Interrupt = null;
            Start();
        }
    }

    /// <summary>Proposes a successor of the version in force, verified as the endpoint does.</summary>
    public async Task ProposeAsync(Func<GovernanceDocument, GovernanceDocument> edit)
    {
        var view = await ViewAsync();
        var (reading, _) = await _archive.ReadAsync(view.GovernanceVersion, view.GovernanceDigest, CancellationToken.None);
        var previous = ((GovernanceReading.Verified)reading).Governed;
        var document = Succession.Next(previous.Document, edit);
        document = document with { Risk = GovernanceDiff.Between(previous.Document, document).Direction == ChangeDirection.Weakens ? Succession.Risk : null };
        var stored = Succession.Signed(document);
        Known[document.Digest()] = document;
        if (SuccessionRule.Check(previous, stored, Host.GetUtcNow()) is GovernanceReading.Verified { Governed: var next })
        {
            await _changer.ProposeAsync(next, stored, "grace", CancellationToken.None);
        }
    }

    /// <summary>A governor's veto, verified as the endpoint does; whether it was acknowledged.</summary>
    public async Task<bool> VetoAsync(string digest, int governor)
    {
        var (view, now) = (await ViewAsync(), Host.GetUtcNow());
        var (reading, _) = await _archive.ReadAsync(view.GovernanceVersion, view.GovernanceDigest, CancellationToken.None);
        var key = Governors[governor];
        var veto = new GovernanceVeto(1, Known[digest].Version, digest, key.KeyId["governor-".Length..], "Not agreed.", now, now.AddMinutes(5));
        var compact = key.Sign(DocumentType.GovernanceVeto, veto, now);
        return VetoRule.Verify(compact, ((GovernanceReading.Verified)reading).Governed, view, now).Veto is { } verified
            && await _changer.VetoAsync(verified, compact, CancellationToken.None);
    }

    /// <summary>What the orchestration's activity does for a proposal.</summary>
    public Task<ChangeStep> TakeEffectAsync(string digest) =>
        _changer.TakeEffectAsync(GovernanceInstance.Of(Known[digest].Version, digest), CancellationToken.None);
}
