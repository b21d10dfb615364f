using Custody.Cli.Initialisation.Plan;
using Custody.Core.Withdrawals;
using Custody.Functions.Tests.Support;
using Custody.Testing;
using Custody.Testing.App;
using Custody.Testing.ManagedHsm;
using Xunit;

namespace Custody.Functions.Tests.Pipeline;

/// <summary>
/// The whole system with its vault's and its comparison's key in a Managed HSM, set up by <c>custody init</c>: the program as it is
/// released, with the identity that App Service gives it, over TLS.
/// </summary>
public sealed class ManagedHsmTests : IAsyncLifetime
{
    private readonly TemporaryFolder _keys = new();
    private ManagedHsmSite _site = null!;
    private RunningSystem _system = null!;
    private HsmKey _key = null!;

    private ManagedHsmServer Hsm => _site.Server;

    public async ValueTask InitializeAsync()
    {
        _site = await ManagedHsmSite.StartAsync();
        _system = await RunningSystem.StartAsync(
            new RunningSystemOptions { Plan = Plan, Settings = _site.Environment }, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _system.DisposeAsync();
        await _site.DisposeAsync();
        _keys.Dispose();
    }

    [Fact]
    public async Task Withdrawals_ArePaid_ThroughThrottlingAndRefusedTokensAndLostAnswers()
    {
        // The start had the key sign a challenge, and asked for tokens of the HSM's own resource alone.
        Assert.Equal(1, _key.Signed);
        await _system.SettledAsync();
        Assert.Equal(2, _key.Signed);
        Assert.All(_site.Identity.Resources, r => Assert.Equal(ManagedHsmServer.Resource, r));

        // Throttled, then asked for another token in the middle: tried again at once with the same digest.
        Hsm.Play("sign", new HsmTrick.Error(429, "Throttled", "1"), new HsmTrick.Challenge(Hsm.Challenge), new HsmTrick.Error(503, "ServiceUnavailable"));
        await _system.SettledAsync();
        Assert.Equal(3, _key.Signed);

        // Every token that was issued is revoked: the 401 is answered with a new one.
        Hsm.RevokeTokens();
        await _system.SettledAsync();
        Assert.Equal(4, _key.Signed);

        // It signs, and every answer is lost: the withdrawal counts as signed, waits with its alert, and is paid once.
        Hsm.Play("sign", [.. Enumerable.Repeat(new HsmTrick.CutAfter(), 4)]);
        var id = await _system.AwaitingApprovalAsync();
        await _system.ApproveAsync(id);
        await _system.Api.WaitForAsync(id, WithdrawalStatus.Settled);
        Assert.Equal(1, await _system.AlertsAsync("vault-unavailable", id));

        // Refused with a fresh token too: it waits, with its alert, and is paid once when the HSM knows us again.
        Hsm.Play("sign", new HsmTrick.Challenge(Hsm.Challenge), new HsmTrick.Challenge(Hsm.Challenge));
        id = await _system.SettledAsync();
        Assert.Equal(1, await _system.AlertsAsync("vault-unavailable", id));
        Assert.Equal(5, (await _system.SentByVaultAsync()).Count);
    }

    private InitialisationPlan Plan(InitialisationPlan local)
    {
        (var plan, _key) = HsmPlan.Of(People.AddTo(local), Hsm, _keys.Path);
        return plan;
    }
}
