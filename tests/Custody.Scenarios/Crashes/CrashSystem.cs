using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Crashes;

/// <summary>The one system that all crash points are tried on, and what undisturbed withdrawals do there.</summary>
public sealed class CrashSystem(SystemTemplates templates) : IAsyncLifetime
{
    private readonly EvmCrashChain _chain = new();
    private readonly Dictionary<Way, IReadOnlyList<string>> _effects = [];
    private EffectTap? _tap;
    private CrashRound? _round;

    internal World World { get; private set; } = null!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _tap = new EffectTap(_chain);
        World = await World.StartAsync("crash", await templates.GetAsync(coolsOff: false, CancellationToken.None), nodes: 1, CancellationToken.None, _tap);
        _round = new CrashRound(World, _tap, _chain);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => World.DisposeAsync();

    /// <summary>Plays withdrawals that go this way, one for each of the points.</summary>
    internal Task<IReadOnlyList<WatchedPayment>> PlayAsync(Way way, Fault fault, IEnumerable<CrashPoint?> points, CancellationToken cancellation) =>
        _round!.PlayAsync(way, fault, [.. points], cancellation);

    /// <summary>What an undisturbed withdrawal of this way does. The first of an app that has just started does more: the shorter of two is the usual.</summary>
    internal async Task<IReadOnlyList<string>> EffectsAsync(Way way, CancellationToken cancellation)
    {
        if (!_effects.TryGetValue(way, out var effects))
        {
            var played = await PlayAsync(way, Fault.None, [null, null], cancellation);
            effects = _effects[way] = played.Select(p => p.Effects).MinBy(e => e.Count)!;
        }

        return effects;
    }
}
