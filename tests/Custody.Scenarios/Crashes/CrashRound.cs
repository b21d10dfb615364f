using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Custody.Core.Intents;
using Custody.Core.Withdrawals;
using Custody.Scenarios.Documents;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Crashes;

/// <summary>
/// Plays whole payments, from the request to the end, each with a fault of its own, on one running system. What the platform does
/// is done (an app that ended is started again) and what people do: exchange and approvers repeat until they have an answer,
/// and two operators resume what is held.
/// </summary>
internal sealed class CrashRound(World world, EffectTap tap, ICrashChain chain)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);

    // A payment that was handed over and is not seen is looked for a minute later; nobody needs to wait for that minute.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static readonly string[] Approvers = ["alice", "bob"];
    private static readonly string[] Operators = ["olivia", "oscar"];
    private readonly SemaphoreSlim _clock = new(1);
    private readonly Stopwatch _sinceClock = Stopwatch.StartNew();
    private int _played;
    private string _lastStart = "";

    /// <summary>Plays one withdrawal for each point; throws <see cref="ScenarioException"/> when one does not end as it must.</summary>
    public async Task<IReadOnlyList<WatchedPayment>> PlayAsync(Way way, Fault fault, IReadOnlyList<CrashPoint?> points, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var platform = KeepRunningAsync(over.Token);
        var (played, drives) = (new List<WatchedPayment>(), new List<Task>());
        foreach (var point in points)
        {
            var number = ++_played;
            var payment = new WatchedPayment(number, WithdrawalId.Derive("exchange-a", $"request-w{number}"), way, fault, point);
            played.Add(payment);
            world.Withdrawals[payment.Name] = payment.Id;
            tap.Watch(payment);
            var drive = DriveAsync(payment, cancellation);
            drives.Add(drive);
            if (fault is Fault.DiesBefore or Fault.DiesAfter)
            {
                // The next one begins on an app that is up again: where it dies is where it is said to.
                await Task.WhenAny(drive, payment.Struck.Task);
                await UpAsync(cancellation);
            }
        }

        try
        {
            await Task.WhenAll(drives);
        }
        finally
        {
            await over.CancelAsync();
            await platform;
        }

        return await CrashVerdict.ProblemAsync(world, chain, played, cancellation) is { } problem
            ? throw new ScenarioException($"{problem}\n{world.Story()}")
            : played;
    }

    private async Task DriveAsync(WatchedPayment payment, CancellationToken cancellation)
    {
        var waited = Stopwatch.StartNew();
        var submit = await RequestAsync(payment, cancellation);
        var votes = new Dictionary<string, string>(StringComparer.Ordinal);
        var (helped, changed) = (new HashSet<string>(StringComparer.Ordinal), Stopwatch.StartNew());
        var last = WithdrawalStatus.Unknown;
        var accepted = false;
        while (true)
        {
            var state = (await world.Storage.Custody.Withdrawals.LoadAsync(payment.Id, cancellation))?.State;
            if (state is not null && state.Status.IsEnd())
            {
                return;
            }

            if (waited.Elapsed > Longest)
            {
                throw new ScenarioException($"{payment.Story} is {state?.Status.ToString() ?? "not there"} ({state?.Reason}, {state?.ReasonDetail}) after {waited.Elapsed.TotalSeconds:0} s{_lastStart}\n{world.Story()}");
            }

            changed = state?.Status == last ? changed : Stopwatch.StartNew();
            last = state?.Status ?? WithdrawalStatus.Unknown;
            switch (last)
            {
                case WithdrawalStatus.Unknown when !accepted:
                case WithdrawalStatus.Received when !accepted:
                    accepted = (await submit()).Status is 200 or 202;
                    break;
                case WithdrawalStatus.AwaitingApproval:
                    await VoteAsync(payment, votes, cancellation);
                    break;
                case WithdrawalStatus.Held:
                    await ResumeAsync(payment, state!.Hold, helped, cancellation);
                    break;
                case WithdrawalStatus.Broadcast or WithdrawalStatus.Reorged when changed.Elapsed > Patience:
                    await PassAMinuteAsync(cancellation);
                    break;
            }

            await Task.Delay(150, cancellation);
        }
    }

    private async Task<Func<Task<Answer>>> RequestAsync(WatchedPayment payment, CancellationToken cancellation)
    {
        var request = Merge.Over(
            new JsonObject
            {
                ["clientId"] = "exchange-a",
                ["customerId"] = "customer-1",
                ["requestId"] = $"request-{payment.Name}",
                ["asset"] = "eip155:31337/slip44:60",
                ["whitelistEntryId"] = "entry-1",
                ["issuedAt"] = At(TimeSpan.Zero),
                ["expiresAt"] = At(TimeSpan.FromHours(3)),
            },
            chain.Payment(payment.Number));
        var body = JsonSerializer.SerializeToUtf8Bytes(request);
        var signature = await JwsMaker.MakeAsync(world.People.Signer("exchange-a"), "custody-request+jws", body, world.Now, detached: true, null, cancellation);
        return () => world.Api.SendAsync(HttpMethod.Post, "withdrawals", "exchange-a", null, body, "application/json", signature, cancellation);
    }

    // The same signed vote again until there is an answer: it may be stored already.
    private async Task VoteAsync(WatchedPayment payment, Dictionary<string, string> votes, CancellationToken cancellation)
    {
        foreach (var who in Approvers.Where(a => votes.GetValueOrDefault(a) != ""))
        {
            if (!votes.TryGetValue(who, out var vote))
            {
                vote = votes[who] = await new Statements(world).VoteAsync(payment.Name, payment.Way == Way.Rejected && who == Approvers[^1] ? "reject" : "approve", who, null, null, null, cancellation);
            }

            var answer = await world.Api.PostSignedAsync($"withdrawals/{payment.Id}/approvals", vote, who, null, cancellation);
            votes[who] = answer.IsSuccess || answer["code"] is "duplicate-vote" or "not-awaiting-approval" ? "" : vote;
        }
    }

    private async Task ResumeAsync(WatchedPayment payment, int hold, HashSet<string> helped, CancellationToken cancellation)
    {
        foreach (var who in Operators.Where(o => !helped.Contains($"{hold} {o}")))
        {
            var half = await new Statements(world).ResolutionAsync(payment.Name, "resume", who, null, null, cancellation);
            if ((await world.Api.PostSignedAsync($"withdrawals/{payment.Id}/resolutions", half, who, null, cancellation)).IsSuccess)
            {
                helped.Add($"{hold} {who}");
                payment.Helped = hold;
            }
        }
    }

    private async Task PassAMinuteAsync(CancellationToken cancellation)
    {
        await _clock.WaitAsync(cancellation);
        try
        {
            if (_sinceClock.Elapsed > Patience && world.App.IsRunning)
            {
                _sinceClock.Restart();
                await new Steps.MoveClockStep { By = "61s" }.RunAsync(world, cancellation);
            }
        }
        catch (HttpRequestException)
        {
            // The app is about to be up; its controls are read at its start.
        }
        finally
        {
            _clock.Release();
        }
    }

    private async Task KeepRunningAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            try
            {
                if (!world.App.IsRunning)
                {
                    await world.App.StartAsync(over);
                }

                await Task.Delay(50, over);
            }
            catch (InvalidOperationException ended)
            {
                // It died while it started, too: it is started again.
                _lastStart = $"; a start failed: {ended.Message}";
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task UpAsync(CancellationToken cancellation)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Longest; await Task.Delay(50, cancellation))
        {
            if (world.App.IsRunning && (await world.Api.HealthAsync(cancellation)).IsSuccess)
            {
                return;
            }
        }

        throw new ScenarioException($"the app does not start any more{_lastStart}");
    }

    private string At(TimeSpan from) => (world.Now + from).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
