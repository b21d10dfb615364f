using Custody.Core.Encoding;
using Custody.Core.Intents;
using Custody.Core.Journals;

namespace Custody.Testing.World;

public sealed class MemorySigningJournal(TimeProvider time, Effects effects) : ISigningJournal
{
    private readonly Dictionary<string, List<SigningEntry>> _journals = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>The vaults whose journals are broken.</summary>
    public HashSet<string> Broken { get; } = [];

    public Task<JournalReading<SigningView>> ReadAsync(string vaultId, CancellationToken cancellation) =>
        effects.RunAsync($"signings.read {vaultId}", () => Reading(vaultId));

    public Task<JournalReading<SigningView>> AppendAsync(
        string vaultId, Func<JournalReading<SigningView>, SigningFact?> decide, CancellationToken cancellation) => effects.RunAsync(
        $"signings.append {vaultId}",
        () =>
        {
            lock (_lock)
            {
                if (decide(Reading(vaultId)) is { } fact)
                {
                    Add(vaultId, fact, time.GetUtcNow());
                }

                return Reading(vaultId);
            }
        });

    /// <summary>Appends at once, as another process would.</summary>
    public void Add(string vaultId, SigningFact fact, DateTimeOffset at)
    {
        lock (_lock)
        {
            var lines = Lines(vaultId);
            lines.Add(new SigningEntry(
                1, lines[^1].Sequence + 1, JournalLine.Hash(CanonicalJson.Serialize(lines[^1])), at, fact.WithdrawalId, fact.Attempt, fact.Kind, fact.IntentDigest,
                fact.Slots, fact.Sighash, fact.Asset, fact.Destination, fact.Amount, fact.Automatic, fact.Entry));
        }
    }

    /// <summary>The lines after genesis.</summary>
    public IReadOnlyList<SigningEntry> Of(string vaultId)
    {
        lock (_lock)
        {
            return [.. Lines(vaultId).Skip(1)];
        }
    }

    private JournalReading<SigningView> Reading(string vaultId)
    {
        lock (_lock)
        {
            var lines = Lines(vaultId);
            return Broken.Contains(vaultId)
                ? throw new JournalBrokenException($"The journal of {vaultId} is broken.")
                : new(lines.Aggregate(SigningView.Empty, (view, line) => view.With(line)), new JournalHead(lines[^1].Sequence, JournalLine.Hash(CanonicalJson.Serialize(lines[^1]))));
        }
    }

    private List<SigningEntry> Lines(string vaultId) => _journals.TryGetValue(vaultId, out var lines)
        ? lines
        : _journals[vaultId] = [new(1, 0, CustodyWorld.Default.TrustRoot, CustodyWorld.Start.AddDays(-4), "", 0, IntentKind.Unknown, "", [], "", null, "", 0)];
}
