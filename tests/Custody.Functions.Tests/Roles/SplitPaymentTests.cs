using Custody.Core.Audit;
using Custody.Core.Withdrawals;
using Custody.Functions.Tests.Support;
using Custody.Testing.App;
using Xunit;

namespace Custody.Functions.Tests.Roles;

/// <summary>Pipeline, signer and sender as three processes over real parts: withdrawals are paid, once, whichever of them dies on the way.</summary>
public sealed class SplitPaymentTests(SplitSystem split) : IClassFixture<SplitSystem>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Payment_ThreeProcesses_IsPaidOnce()
    {
        var before = (await split.System.SentByVaultAsync()).Count;

        var id = await split.System.SettledAsync();

        var state = (await split.System.Storage.Withdrawals.LoadAsync(id, Cancellation))!.State;
        var sent = (await split.System.SentByVaultAsync()).Skip(before).ToList();
        Assert.Equal(state.TransactionId, Assert.Single(sent).Hash);
        Assert.Null(AuditChain.Problem(id, await split.System.Storage.Withdrawals.AuditAsync(id, Cancellation), state.AuditHead));
    }

    [Fact]
    public async Task Payment_SignerKilledInTheMiddle_WaitsAndIsPaidOnce()
    {
        var before = (await split.System.SentByVaultAsync()).Count;
        var id = await split.System.AwaitingApprovalAsync();
        await split.System.Roles!.KillAsync("signer");
        await split.System.ApproveAsync(id);
        await WaitForAlertAsync("role-unavailable", id);

        var waiting = (await split.System.Storage.Withdrawals.LoadAsync(id, Cancellation))!.State;
        Assert.False(waiting.Status.IsEnd());
        Assert.False(waiting.SignatureExists);
        await split.System.Roles.StartAsync("signer");
        await split.System.Api.WaitForAsync(id, WithdrawalStatus.Settled, TimeSpan.FromMinutes(3));

        Assert.Single((await split.System.SentByVaultAsync()).Skip(before));
    }

    [Fact]
    public async Task Payment_SenderKilledInTheMiddle_WaitsAndIsPaidOnce()
    {
        var before = (await split.System.SentByVaultAsync()).Count;
        var id = await split.System.AwaitingApprovalAsync();
        await split.System.Roles!.KillAsync("sender");
        await split.System.ApproveAsync(id);
        await WaitForAlertAsync("role-unavailable", id);

        Assert.Equal(WithdrawalStatus.Signed, (await split.System.Storage.Withdrawals.LoadAsync(id, Cancellation))!.State.Status);
        Assert.Equal(before, (await split.System.SentByVaultAsync()).Count);
        await split.System.Roles.StartAsync("sender");
        await split.System.Api.WaitForAsync(id, WithdrawalStatus.Settled, TimeSpan.FromMinutes(3));

        Assert.Single((await split.System.SentByVaultAsync()).Skip(before));
    }

    private async Task WaitForAlertAsync(string code, string subject)
    {
        for (var tries = 0; tries < 600; tries++)
        {
            if (await split.System.AlertsAsync(code, subject) > 0)
            {
                return;
            }

            await Task.Delay(200, Cancellation);
        }

        Assert.Fail($"There was no alert {code} about {subject}.");
    }
}
