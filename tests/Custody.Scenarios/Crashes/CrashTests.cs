namespace Custody.Scenarios.Crashes;

/// <summary>
/// Every crash point: for k = 1, 2, 3 … the k-th side effect of a withdrawal fails or the app dies there, and it ends paid once, or
/// waits safely and is then paid once, or is refused with everything given back. A sample of modes and of k, unless CUSTODY_CRASHES is
/// <c>all</c>.
/// </summary>
public sealed class CrashTests(CrashSystem system) : IClassFixture<CrashSystem>
{
    private const int InARound = 12;

    /// <summary>Every fault on both ways; in a sample those that differ most.</summary>
    public static TheoryData<Way, Fault> Modes => CrashPoints.All
        ? new(from way in (Way[])[Way.Paid, Way.Rejected] from fault in (Fault[])[Fault.Refused, Fault.AnswerLost, Fault.Silent, Fault.DiesBefore, Fault.DiesAfter] select (way, fault))
        : new((Way.Paid, Fault.Refused), (Way.Paid, Fault.DiesBefore), (Way.Rejected, Fault.AnswerLost));

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Play_FaultAtTheKthEffect_PaidOnceOrRefusedAndReleased(Way way, Fault fault)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var effects = await system.EffectsAsync(way, cancellation);
        CrashReport.Effects(effects);
        AssertWhole(way, effects);
        var played = new List<WatchedPayment>();
        foreach (var points in CrashPoints.Of(effects, fault).Chunk(InARound))
        {
            played.AddRange(await system.PlayAsync(way, fault, points, cancellation));
        }

        await CrashReport.SayAsync(system.World, way, fault, effects.Count, played, cancellation);
        Assert.All(played, p => Assert.True(p.At is not { IsCertain: true } || p.Struck.Task.IsCompleted, $"{p.Story} was never struck"));
    }

    // What is not seen is not tried: a withdrawal of this way does all of these.
    private static void AssertWhole(Way way, IReadOnlyList<string> effects)
    {
        string[] parts = ["Withdrawals", "custodyHistory", "Ledger", .. way == Way.Paid ? ["Nonces", "journals/signing", "vault sign", "signed", "eth_sendRawTransaction"] : new[] { "journals/stop" }];
        foreach (var part in parts)
        {
            Assert.Contains(effects, e => e.Contains(part, StringComparison.Ordinal));
        }
    }
}
