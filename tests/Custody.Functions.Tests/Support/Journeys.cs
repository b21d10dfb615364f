using System.Numerics;
using Custody.Core.Journals;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;
using Custody.Testing.App;
using Xunit;

namespace Custody.Functions.Tests.Support;

/// <summary>What several tests do on the way to what they test.</summary>
internal static class Journeys
{
    public static DateTimeOffset Now => DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());

    public static async Task<string> AwaitingApprovalAsync(this RunningSystem system, string client = "exchange-a", BigInteger? amount = null)
    {
        var answer = await system.Api.SubmitAsync(People.Request(client, Guid.NewGuid().ToString("N"), amount));
        Assert.True(answer.Status == 202, $"{answer.Status} {answer.Body}");
        await system.Api.WaitForAsync(answer.Id, WithdrawalStatus.AwaitingApproval);
        return answer.Id;
    }

    public static async Task ApproveAsync(this RunningSystem system, string id)
    {
        Assert.Equal(200, (await system.Api.VoteAsync(id, "alice")).Status);
        Assert.Equal(200, (await system.Api.VoteAsync(id, "bob")).Status);
    }

    public static async Task<string> SettledAsync(this RunningSystem system, string client = "exchange-a", BigInteger? amount = null)
    {
        var id = await system.AwaitingApprovalAsync(client, amount);
        await system.ApproveAsync(id);
        await system.Api.WaitForAsync(id, WithdrawalStatus.Settled);
        return id;
    }

    public static Task<ApiAnswer> FreezeAsync(this RunningSystem system, string scope, string who = "olivia") => system.Api.PostAsync(
        "api/v1/freezes", who, DocumentType.Freeze, new FreezeStatement(1, scope, who, "a test", Now, Now + TimeSpan.FromMinutes(10)));

    public static Task<ApiAnswer> ThawAsync(this RunningSystem system, string scope, long sequence, string who) => system.Api.PostAsync(
        "api/v1/thaws", who, DocumentType.Thaw, new ThawStatement(1, scope, sequence, who, "a test", Now, Now + TimeSpan.FromMinutes(10)));

    /// <summary>Two people thaw what is frozen now.</summary>
    public static async Task ThawAsync(this RunningSystem system, string scope)
    {
        var sequence = await system.FreezeSequenceAsync(scope);
        Assert.Equal(202, (await system.ThawAsync(scope, sequence, "olivia")).Status);
        Assert.Equal(200, (await system.ThawAsync(scope, sequence, "oscar")).Status);
    }

    public static async Task<long> FreezeSequenceAsync(this RunningSystem system, string scope)
    {
        var freezes = (await system.Api.GetAsync("api/v1/freezes", "olivia")).Body["items"]!.AsArray();
        return (long)freezes.Single(f => (string?)f!["scope"] == scope)!["sequence"]!;
    }

    public static Task<ApiAnswer> ResolveAsync(
        this RunningSystem system, WithdrawalState state, ResolutionAction action, string who, Func<ResolutionStatement, ResolutionStatement>? change = null)
    {
        var statement = new ResolutionStatement(1, state.Id, state.Attempt, state.Hold, action, who, "a test", Now, Now + TimeSpan.FromMinutes(10));
        return system.Api.PostAsync($"api/v1/withdrawals/{state.Id}/resolutions", who, DocumentType.Resolution, (change ?? (s => s))(statement));
    }

    /// <summary>Two people resolve the hold that a withdrawal is in now.</summary>
    public static async Task ResolveAsync(this RunningSystem system, string id, ResolutionAction action)
    {
        var state = (await system.Storage.Withdrawals.LoadAsync(id, TestContext.Current.CancellationToken))!.State;
        Assert.Equal(202, (await system.ResolveAsync(state, action, "olivia")).Status);
        Assert.Equal(200, (await system.ResolveAsync(state, action, "oscar")).Status);
    }

    /// <summary>The alerts with that code about a subject.</summary>
    public static async Task<int> AlertsAsync(this RunningSystem system, string code, string subject)
    {
        var alerts = (await system.Api.GetAsync("api/v1/alerts?most=500", "olivia")).Body["items"]!.AsArray();
        return alerts.Count(a => (string?)a!["code"] == code && (string?)a["subject"] == subject);
    }
}
