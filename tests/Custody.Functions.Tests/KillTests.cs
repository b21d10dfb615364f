using System.Globalization;
using System.Numerics;
using Custody.Core.Audit;
using Custody.Core.Withdrawals;
using Custody.Testing.App;
using Xunit;

namespace Custody.Functions.Tests;

/// <summary>"Never twice, nothing lost": the app is killed again and again while withdrawals are on their way.</summary>
public sealed class KillTests
{
    private const int Withdrawals = 20;
    private const int Kills = 10;

    [Fact]
    public async Task when_the_app_is_killed_ten_times_twenty_withdrawals_settle_once_each()
    {
        var seed = Environment.GetEnvironmentVariable("CUSTODY_SEED") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : Environment.TickCount;
        TestContext.Current.SendDiagnosticMessage($"CUSTODY_SEED={seed}");
        var random = new Random(seed);
        await using var system = await RunningSystem.StartAsync(cancellation: TestContext.Current.CancellationToken);
        var drivers = Enumerable.Range(0, Withdrawals).Select(i => DriveAsync(system, i)).ToList();
        for (var kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(100, 2500)), TestContext.Current.CancellationToken);
            await system.KillAndRestartAsync(TestContext.Current.CancellationToken);
        }

        var ids = await Task.WhenAll(drivers);
        Assert.True(system.App is { HasExited: false });
        await AssertEachPaidOnceAsync(system, ids);
    }

    // What an exchange and two approvers do: they repeat until they have an answer.
    private static async Task<string> DriveAsync(RunningSystem system, int number)
    {
        var request = ApiClient.Request($"kill-{number:D2}", BigInteger.Pow(10, 17) + number);
        var id = (await InsistAsync(() => system.Api.SubmitAsync(request), a => a.Status is 200 or 202)).Id;
        await system.Api.WaitForAsync(id, WithdrawalStatus.AwaitingApproval, TimeSpan.FromMinutes(4));
        foreach (var approver in new[] { "alice", "bob" })
        {
            await InsistAsync(() => system.Api.VoteAsync(id, approver), a => a.Status == 200 || a.Code is "duplicate-vote" or "not-awaiting-approval");
        }

        await system.Api.WaitForAsync(id, WithdrawalStatus.Settled, TimeSpan.FromMinutes(4));
        return id;
    }

    private static async Task<ApiAnswer> InsistAsync(Func<Task<ApiAnswer>> call, Func<ApiAnswer, bool> isAnswer)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                var answer = await call();
                if (isAnswer(answer) || tries > 200)
                {
                    Assert.True(isAnswer(answer), $"{answer.Status} {answer.Body}");
                    return answer;
                }
            }
            catch (HttpRequestException)
            {
                // The app is down; somebody starts it again.
            }

            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }

    private static async Task AssertEachPaidOnceAsync(RunningSystem system, string[] ids)
    {
        Assert.Equal(Withdrawals, ids.Distinct().Count());
        var sent = await system.SentByVaultAsync();
        Assert.Equal(Withdrawals, sent.Count);
        Assert.Equal(Enumerable.Range(0, Withdrawals).Select(n => (ulong)n), sent.Select(t => t.Nonce).Order());
        Assert.Equal(
            Enumerable.Range(0, Withdrawals).Select(n => BigInteger.Pow(10, 17) + n).Order(), sent.Select(t => t.Value).Order());
        foreach (var id in ids)
        {
            var state = (await system.Storage.Withdrawals.LoadAsync(id, TestContext.Current.CancellationToken))!.State;
            Assert.Contains(sent, t => t.Hash == state.TransactionId && t.Value == state.Amount);
            var audit = await system.Storage.Withdrawals.AuditAsync(id, TestContext.Current.CancellationToken);
            Assert.Null(AuditChain.Problem(id, audit, state.AuditHead));
        }

        var journal = await system.Storage.SigningJournals.ReadAsync("hot-eth", TestContext.Current.CancellationToken);
        Assert.Equal(Withdrawals, journal.View.All.Select(e => e.Slots.Single()).Distinct().Count());
        Assert.Equal(Withdrawals, journal.View.All.Count);
    }
}
