using Custody.Core.Vaults;
using Custody.Testing.ManagedHsm;
using Custody.Vaults.ManagedHsm;
using Xunit;

namespace Custody.Vaults.Tests.ManagedHsm;

/// <summary>A token goes to nobody but the HSM, and only as the token of its own domain.</summary>
public sealed class ChallengeTests : IAsyncLifetime
{
    private static readonly Uri Hsm = new("https://custody.managedhsm.azure.net");

    private HsmBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await HsmBench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData("""Bearer authorization="https://login.managedhsm.test/t", resource="https://vault.azure.net" """)]
    [InlineData("""Bearer authorization="https://login.managedhsm.test/t", resource="https://management.azure.com" """)]
    [InlineData("""Bearer authorization="https://login.managedhsm.test/t", resource="https://test" """)]
    [InlineData("""Bearer authorization="https://login.managedhsm.test/t", resource="https://hsm.test" """)]
    [InlineData("""Bearer authorization="https://login.managedhsm.test/t", resource="https://custody.managedhsm.test" """)]
    [InlineData("""Bearer authorization="https://login.managedhsm.test/t", resource="http://managedhsm.test" """)]
    [InlineData("""Bearer authorization="https://login.managedhsm.test/t", resource="managedhsm.test" """)]
    [InlineData("""Bearer authorization="https://login.managedhsm.test/t", resource="https://managedhsm.test", resource="https://vault.azure.net" """)]
    [InlineData("""Bearer authorization="https://login.managedhsm.test/t", scope="https://graph.microsoft.com/.default" """)]
    [InlineData("""Bearer authorization="https://login.managedhsm.test/t" """)]
    [InlineData("Basic realm=\"managedhsm.test\"")]
    [InlineData("Bearer")]
    public async Task AnyCall_ChallengeForAnotherResource_GetsNoToken(string challenge)
    {
        _bench.Server.Challenge = challenge.Trim();

        await _bench.NotDescribedAsync(VaultFault.ChallengeRefused);
        await _bench.NotSignedAsync(VaultFault.ChallengeRefused);

        Assert.Empty(_bench.Credential.Asked);
        Assert.DoesNotContain(_bench.Server.Requests, r => r.HasToken || r.Body.Length > 0);
        Assert.Equal(2, _bench.Logged.Count(l => l.EventId == 5304));
    }

    [Fact]
    public async Task SignAsync_ChallengeTurnsToAnotherResourceLater_GetsNoToken()
    {
        await _bench.SignedAsync();
        _bench.Server.RevokeTokens();
        _bench.Server.Challenge = """Bearer authorization="https://login.managedhsm.test/t", resource="https://vault.azure.net" """.Trim();

        await _bench.NotSignedAsync(VaultFault.ChallengeRefused);

        Assert.Single(_bench.Credential.Asked);
        Assert.Contains(_bench.Logged, l => l.EventId == 5304 && l.Text.Contains("vault.azure.net", StringComparison.Ordinal));
    }

    [Fact]
    public async Task DescribeAsync_HostThatAsksForNoToken_IsNotBelieved()
    {
        _bench.Server.AsksForToken = false;

        await _bench.NotDescribedAsync(VaultFault.ChallengeRefused);

        Assert.Empty(_bench.Credential.Asked);
    }

    [Fact]
    public async Task AnyCall_NoTokenToBeHad_IsNotAuthenticatedAndTellsNoMessage()
    {
        _bench.Credential.Failure = new InvalidOperationException("the provider's answer, with who knows what in it");

        Assert.DoesNotContain("who knows", await _bench.NotSignedAsync(VaultFault.NotAuthenticated), StringComparison.Ordinal);
        await _bench.NotDescribedAsync(VaultFault.NotAuthenticated);
        Assert.Equal(0, _bench.Server.Asked("sign"));
    }

    [Fact]
    public async Task SignAsync_TokenRefusedTwice_IsNotAuthenticated()
    {
        await _bench.SignedAsync();
        _bench.Server.Play("sign", new HsmTrick.Challenge(_bench.Server.Challenge), new HsmTrick.Challenge(_bench.Server.Challenge));

        Assert.Contains("status 401 (Unauthorized)", await _bench.NotSignedAsync(VaultFault.NotAuthenticated), StringComparison.Ordinal);

        Assert.Equal(2, _bench.Credential.Asked.Count);
        Assert.Equal(1, _bench.Key.Signed);
    }

    [Fact]
    public async Task SignAsync_TokenRefusedWithoutAChallenge_IsNotAuthenticated()
    {
        await _bench.SignedAsync();
        _bench.Server.Play("sign", new HsmTrick.Error(401, "Unauthorized"));

        await _bench.NotSignedAsync(VaultFault.NotAuthenticated);
    }

    [Fact]
    public async Task AnyCall_TokenThatHasExpired_IsNotUsed()
    {
        _bench.Credential.Lifetime = TimeSpan.Zero;

        await _bench.NotDescribedAsync(VaultFault.NotAuthenticated);

        Assert.DoesNotContain(_bench.Server.Requests, r => r.HasToken);
    }

    [Theory]
    [InlineData("""Bearer authorization="https://login.microsoftonline.com/72f9", resource="https://managedhsm.azure.net" """, "https://managedhsm.azure.net/.default", "72f9")]
    [InlineData("""bearer authorization_uri="https://login.windows.net/72f9/", resource="https://managedhsm.azure.net/" """, "https://managedhsm.azure.net/.default", "72f9")]
    [InlineData("""Bearer scope="https://managedhsm.azure.net/.default" """, "https://managedhsm.azure.net/.default", null)]
    public void Parse_KnownForms_GiveScopeAndTenant(string header, string scope, string? tenant)
    {
        var challenge = BearerChallenge.Parse(["Basic realm=\"x\"", header])!;

        Assert.Equal((scope, tenant, null), (challenge.Scope, challenge.Tenant, challenge.Claims));
        Assert.Null(challenge.Refusal(Hsm));
    }

    [Fact]
    public void Parse_TwoBearerChallenges_IsNone() => Assert.Null(BearerChallenge.Parse(
        ["Bearer resource=\"https://managedhsm.azure.net\"", "Bearer resource=\"https://managedhsm.azure.net\""]));

    [Theory]
    [InlineData("https://azure.net/.default")]
    [InlineData("https://net/.default")]
    [InlineData("https://evilmanagedhsm.azure.net/.default")]
    [InlineData("https://managedhsm.azure.net.evil.test/.default")]
    [InlineData("https://managedhsm.azure.net@evil.test/.default")]
    [InlineData("https://managedhsm.azure.net:8443/.default")]
    [InlineData("https://managedhsm.azure.net/other/.default")]
    [InlineData("https://managedhsm.azure.net/.default?x=1")]
    [InlineData("custom:scope")]
    public void Refusal_AnyOtherScope_IsRefused(string scope) => Assert.NotNull(new BearerChallenge(scope, null, null).Refusal(Hsm));
}
