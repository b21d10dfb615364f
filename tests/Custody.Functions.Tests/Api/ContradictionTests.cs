using Custody.Core.Journals;
using Custody.Core.Operators;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;
using Custody.Functions.Tests.Support;
using Custody.Testing.App;
using Xunit;

namespace Custody.Functions.Tests.Api;

/// <summary>Votes that contradict an intent, on a system of their own: they suspend devices and freeze vaults.</summary>
public sealed class ContradictionTests(OwnSystem own) : IClassFixture<OwnSystem>
{
    private const string Vault = "vault/hot-eth";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private RunningSystem System => own.System;

    [Fact]
    public async Task Vote_ContradictsTheIntent_OneSuspendsTwoFreezeAndTwoOperatorsReinstate()
    {
        var id = await System.AwaitingApprovalAsync();
        Refusal.Is(await LieAsync(id, "alice"), 409, "intent-mismatch");
        var suspended = await StopsAsync();
        Assert.Equal(id, Assert.Single(suspended.SuspendedDevices).Value.Reason.Split(' ').Single(w => w == id));
        Assert.Empty(suspended.FreezesInForce);
        Assert.Equal(1, await System.AlertsAsync("device-suspended", "alice/alice-1"));
        Refusal.Is(await System.Api.VoteAsync(id, "alice"), 401, "device-suspended");

        Refusal.Is(await LieAsync(id, "bob"), 409, "intent-mismatch");
        Assert.True((await StopsAsync()).FreezesInForce.ContainsKey(Vault));

        Assert.Equal(202, (await ReinstateAsync("alice", "olivia")).Status);
        Refusal.Is(await ReinstateAsync("alice", "olivia", s => s with { SuspensionSequence = 1 }), 409, "device-not-suspended");
        Assert.Equal(200, (await ReinstateAsync("alice", "oscar")).Status);
        Assert.Equal(202, (await ReinstateAsync("bob", "olivia")).Status);
        Assert.Equal(200, (await ReinstateAsync("bob", "oscar")).Status);
        await System.ThawAsync(Vault);

        // Both lies were captured; posted again they do nothing.
        Refusal.Is(await LieAsync(id, "alice"), 409, "intent-mismatch");
        Refusal.Is(await LieAsync(id, "bob"), 409, "intent-mismatch");
        Assert.Empty((await StopsAsync()).SuspendedDevices);
        await System.ApproveAsync(id);
        await System.Api.WaitForAsync(id, WithdrawalStatus.Settled);
    }

    // Each time the very same statement.
    private Task<ApiAnswer> LieAsync(string id, string who) =>
        System.Api.VoteAsync(id, who, change: s => s with { IntentDigest = new string('0', 64), SignedAt = Lied, ExpiresAt = Lied + TimeSpan.FromHours(1) });

    private DateTimeOffset Lied { get; } = Journeys.Now;

    private async Task<StopView> StopsAsync() => (await System.Storage.StopJournal.ReadAsync(Cancellation)).View;

    private async Task<ApiAnswer> ReinstateAsync(string approver, string who, Func<ReinstatementStatement, ReinstatementStatement>? change = null)
    {
        var sequence = (await StopsAsync()).SuspensionOf(approver, $"{approver}-1")!.Sequence;
        var statement = new ReinstatementStatement(1, approver, $"{approver}-1", sequence, who, "a test", Journeys.Now, Journeys.Now + TimeSpan.FromMinutes(10));
        return await System.Api.PostAsync("api/v1/devices/reinstatements", who, DocumentType.Reinstatement, (change ?? (s => s))(statement));
    }
}
