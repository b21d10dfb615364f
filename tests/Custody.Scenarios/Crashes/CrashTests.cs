using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Crashes;

/// <summary>
/// Every crash point: for k = 1, 2, 3 … the k-th side effect of a payment fails or the app dies there, and the payment ends paid
/// once, or waits safely and is then paid once, or is refused with everything given back. A sample of k, unless
/// CUSTODY_CRASHES is <c>all</c>.
/// </summary>
public sealed class CrashTests(SystemTemplates templates)
{
    private const int PaymentsInARound = 12;

    [Theory]
    [InlineData(Fault.Refused)]
    [InlineData(Fault.AnswerLost)]
    [InlineData(Fault.Silent)]
    [InlineData(Fault.DiesBefore)]
    [InlineData(Fault.DiesAfter)]
    public async Task Pay_FaultAtTheKthEffect_PaidOnceOrRefusedAndReleased(Fault fault)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var chain = new EvmCrashChain();
        var tap = new EffectTap(chain);
        await using var world = await World.StartAsync("crash", await templates.GetAsync(coolsOff: false, cancellation), cancellation, tap);
        var round = new CrashRound(world, tap, chain);
        var played = new List<WatchedPayment>();

        await round.PlayAsync([(Fault.None, null)], played, cancellation);
        var effects = played[0].Effects;
        CrashReport.Effects(effects);
        AssertWhole(effects);
        foreach (var points in CrashPoints.Of(effects, fault).Chunk(PaymentsInARound))
        {
            await round.PlayAsync([.. points.Select(p => (fault, (CrashPoint?)p))], played, cancellation);
        }

        Assert.All(played, p => Assert.True(p.At is not { IsCertain: true } || p.Struck.Task.IsCompleted, $"{p.Story} was never struck"));
        await CrashReport.SayAsync(world, fault, effects.Count, played[1..], cancellation);
    }

    // What is not seen is not tried: the way of a payment has all of these.
    private static void AssertWhole(IReadOnlyList<string> effects)
    {
        foreach (var part in new[] { "Withdrawals", "custodyHistory", "Nonces", "Ledger", "journals/signing", "vault sign", "signed", "eth_sendRawTransaction" })
        {
            Assert.Contains(effects, e => e.Contains(part, StringComparison.Ordinal));
        }
    }
}
