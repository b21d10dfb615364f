using Custody.Core.Withdrawals;
using Custody.Functions.Tests.Support;
using Custody.Testing.App;
using Xunit;

namespace Custody.Functions.Tests.Pipeline;

/// <summary>What stops a whole vault, on a system of its own; the tests of a class run one after the other, each leaving the vault thawed.</summary>
public sealed class IncidentTests(OwnSystem own) : IClassFixture<OwnSystem>
{
    private const string Vault = "vault/hot-eth";

    private RunningSystem System => own.System;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task UntilFrozenAsync(string scope)
    {
        while (!(await System.Api.GetAsync("api/v1/freezes", "olivia")).Body["items"]!.AsArray().Any(f => (string?)f!["scope"] == scope))
        {
            await Task.Delay(100, Cancellation);
        }
    }

    [Fact]
    public async Task when_the_vault_spends_what_no_journal_explains_it_is_frozen_until_two_thaw_it()
    {
        await System.Chain.CallAsync("anvil_impersonateAccount", System.VaultAddress);
        await System.Chain.CallAsync("eth_sendTransaction", new Dictionary<string, string> { ["from"] = System.VaultAddress, ["to"] = System.VaultAddress, ["value"] = "0x1" });
        await System.Chain.CallAsync("anvil_stopImpersonatingAccount", System.VaultAddress);
        await UntilFrozenAsync(Vault);
        while (await System.AlertsAsync("unexplained-spend", "hot-eth") == 0)
        {
            await Task.Delay(100, Cancellation);
        }

        var alerts = (await System.Api.GetAsync("api/v1/alerts", "olivia")).Body["items"]!.AsArray();
        Assert.Equal("P1", (string?)alerts.First(a => (string?)a!["code"] == "unexplained-spend")!["severity"]);

        var id = (await System.Api.SubmitAsync(ApiClient.Request("after-the-spend"))).Id;
        var held = await System.Api.WaitForAsync(id, WithdrawalStatus.Held);
        Assert.Equal(("frozen", "received"), ((string?)held["reason"], (string?)held["heldAt"]));

        await System.ThawAsync(Vault);
        await System.ResolveAsync(id, ResolutionAction.Resume);
        await System.Api.WaitForAsync(id, WithdrawalStatus.AwaitingApproval);
        await System.ApproveAsync(id);
        await System.Api.WaitForAsync(id, WithdrawalStatus.Settled);
    }

    [Fact]
    public async Task when_a_withdrawal_is_held_before_it_is_built_no_nonce_is_taken_that_later_ones_would_wait_for()
    {
        var first = await NonceAsync(await System.SettledAsync());
        var id = await System.AwaitingApprovalAsync();
        await System.FreezeAsync(Vault);
        await System.ApproveAsync(id);
        var held = await System.Api.WaitForAsync(id, WithdrawalStatus.Held);
        Assert.Equal(("frozen", "approved", false), ((string?)held["reason"], (string?)held["heldAt"], (bool)held["signatureExists"]!));
        Assert.Null(await NonceAsync(id));
        await System.ThawAsync(Vault);

        // It is still held, and the next one is paid.
        Assert.Equal(first + 1, await NonceAsync(await System.SettledAsync()));
        await System.ResolveAsync(id, ResolutionAction.Reject);
        await System.Api.WaitForAsync(id, WithdrawalStatus.Rejected);
        Assert.Empty(await LedgerRows.OpenAsync(System, id));
    }

    private async Task<ulong?> NonceAsync(string id) => (await System.Storage.Withdrawals.LoadAsync(id, Cancellation))!.State.Nonce;
}
