using Custody.Core.Withdrawals;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Crashes;

/// <summary>What the harness says of a run.</summary>
internal static class CrashReport
{
    /// <summary>The effects of an undisturbed payment.</summary>
    public static void Effects(IReadOnlyList<string> effects) =>
        TestContext.Current.TestOutputHelper!.WriteLine($"{effects.Count} effects of a payment:\n{string.Join('\n', effects.Select((e, i) => $"{i + 1,4} {e}"))}");

    /// <summary>A line for a mode: how many points, and how the payments ended.</summary>
    public static async Task SayAsync(World world, Way way, Fault fault, int effects, IReadOnlyList<WatchedPayment> played, CancellationToken cancellation)
    {
        var ends = new Dictionary<WithdrawalStatus, int>();
        foreach (var payment in played)
        {
            var status = (await world.Storage.Custody.Withdrawals.LoadAsync(payment.Id, cancellation))!.State.Status;
            ends[status] = ends.GetValueOrDefault(status) + 1;
        }

        var said = $"crash points, {way} {fault}: {played.Count(p => p.Struck.Task.IsCompleted)} of {effects} effects struck, {played.Count(p => !p.Struck.Task.IsCompleted)} not reached; {string.Join(", ", ends.Select(e => $"{e.Value} {e.Key}"))}; operators helped {played.Count(p => p.Helped > 0)}";
        TestContext.Current.TestOutputHelper!.WriteLine(said);
        Console.WriteLine(said);
    }
}
