using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Vaults;
using Custody.Testing.ManagedHsm;
using Custody.Testing.World;
using Custody.Vaults.Gate;
using Xunit;

namespace Custody.Vaults.Tests.ManagedHsm;

/// <summary>Whatever is wrong with the key or with what is asked, nothing is signed.</summary>
public sealed class ManagedHsmRefusalTests : IAsyncLifetime
{
    private static readonly Dictionary<string, Action<HsmKey>> NotVaultKeys = new(StringComparer.Ordinal)
    {
        ["software key"] = k => k.KeyType = "EC",
        ["another curve"] = k => k.Curve = "P-384",
        ["exportable"] = k => k.Exportable = true,
        ["not said whether it is exportable"] = k => k.Exportable = null,
        ["may be released"] = k => k.ReleasePolicy = new { contentType = "application/json; charset=utf-8", data = "e30" },
        ["unknown origin"] = k => k.Tags.Remove("custody-origin"),
        ["imported"] = k => k.Tags["custody-origin"] = "imported",
        ["wraps keys too"] = k => k.Operations = ["sign", "verify", "wrapKey"],
        ["decrypts too"] = k => k.Operations = ["sign", "decrypt"],
        ["does not sign"] = k => k.Operations = ["verify"],
        ["no operations told"] = k => k.Operations = [],
    };

    private HsmBench _bench = null!;

    public static TheoryData<string> NotVaultKeyNames => [.. NotVaultKeys.Keys];

    public async ValueTask InitializeAsync() => _bench = await HsmBench.StartAsync();

    public async ValueTask DisposeAsync()
    {
        Assert.Equal(0, _bench.Key.Signed);
        await _bench.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(NotVaultKeyNames))]
    public async Task SignAsync_NotAVaultKey_IsNotAttested(string why)
    {
        NotVaultKeys[why](_bench.Key);

        await _bench.NotSignedAsync(VaultFault.KeyNotAttested);

        Assert.Equal(0, _bench.Server.Asked("sign"));
    }

    [Theory]
    [MemberData(nameof(NotVaultKeyNames))]
    public async Task DescribeAsync_NotAVaultKey_TheGateRefusesIt(string why)
    {
        var vault = new VaultRegistration("hot-1", SampleGovernance.Chain, VaultTier.Hot, _bench.Key.Id, Core.Signatures.StrictBase64Url.Encode(_bench.Key.PublicKey), Firmware: ["hsmPlatform 2"]);
        Assert.True(VaultKeyRule.Check(await _bench.DescribeAsync(), vault, HsmBench.Root).IsAllowed);

        NotVaultKeys[why](_bench.Key);
        _bench.Time.Advance(TimeSpan.FromMinutes(6));

        var verdict = VaultKeyRule.Check(await _bench.DescribeAsync(), vault, HsmBench.Root);
        Assert.False(verdict.IsAllowed);
        Assert.Equal(RefusalCode.VaultKeyMismatch, verdict.Code);
    }

    [Fact]
    public async Task AnyCall_OurIdentityMayChangeTheKey_IsNotAttested()
    {
        _bench.Permissions |= HsmPermissions.Write;

        Assert.Contains("may be changed by the app's identity", await _bench.NotSignedAsync(VaultFault.KeyNotAttested), StringComparison.Ordinal);

        Assert.True(Assert.IsType<VaultKeyReading.Found>(await _bench.DescribeAsync()).Facts.Modifiable);
        Assert.Contains(_bench.Logged, l => l.EventId == 5308);
        Assert.Equal(0, _bench.Server.Asked("sign"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/0123456789abcdef0123456789abcde")]
    [InlineData("/0123456789abcdef0123456789abcdef0")]
    [InlineData("/0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("/0123456789abcdef0123456789abcdef/sign")]
    [InlineData("/0123456789abcdef0123456789abcdef?api-version=7.4")]
    [InlineData("/../warm/0123456789abcdef0123456789abcdef")]
    public async Task AnyCall_KeyIdWithoutPinnedVersion_IsNotPinned(string end)
    {
        var id = $"{_bench.Server.Uri.GetLeftPart(UriPartial.Authority)}/keys/hot{end}";

        await _bench.NotSignedAsync(VaultFault.KeyNotPinned, id);
        await _bench.NotDescribedAsync(VaultFault.KeyNotPinned, id);

        Assert.Empty(_bench.Server.Requests);
    }

    [Theory]
    [InlineData("https://another.managedhsm.test/keys/hot/0123456789abcdef0123456789abcdef")]
    [InlineData("https://custody.managedhsm.test/keys/hot/0123456789abcdef0123456789abcdef")]
    [InlineData("http://custody.managedhsm.test:1/keys/hot/0123456789abcdef0123456789abcdef")]
    [InlineData("hot/0123456789abcdef0123456789abcdef")]
    [InlineData("hot")]
    public async Task AnyCall_KeyOfAnotherHsm_IsNotPinned(string id)
    {
        await _bench.NotSignedAsync(VaultFault.KeyNotPinned, id);
        await _bench.NotDescribedAsync(VaultFault.KeyNotPinned, id);

        Assert.Empty(_bench.Server.Requests);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(64)]
    public async Task SignAsync_NotThirtyTwoBytes_IsBadDigest(int length)
    {
        var faulted = Assert.IsType<VaultSigning.Faulted>(await _bench.Vault.SignAsync(_bench.Key.Id, new byte[length], TestContext.Current.CancellationToken));

        Assert.Equal(VaultFault.BadDigest, faulted.Fault);
        Assert.Empty(_bench.Server.Requests);
    }

    [Fact]
    public async Task SignAsync_DocumentKey_IsNotAttested()
    {
        var document = _bench.AddVaultKey("comparison", "P-256");

        await _bench.NotSignedAsync(VaultFault.KeyNotAttested, document.Id);

        Assert.Equal(0, document.Signed);
    }

    [Fact]
    public async Task AnyCall_DisabledKey_IsInactive()
    {
        _bench.Key.Enabled = false;
        Assert.Contains("is disabled", await _bench.NotSignedAsync(VaultFault.KeyInactive), StringComparison.Ordinal);
        await _bench.NotDescribedAsync(VaultFault.KeyInactive);

        _bench.Key.Enabled = null;
        _bench.Time.Advance(TimeSpan.FromMinutes(6));
        await _bench.NotSignedAsync(VaultFault.KeyInactive);
    }

    [Fact]
    public async Task AnyCall_OutsideTheKeysTime_IsInactiveWhateverWasCached()
    {
        _bench.Key.NotBefore = _bench.Time.GetUtcNow() + TimeSpan.FromMinutes(1);
        _bench.Key.Expires = _bench.Time.GetUtcNow() + TimeSpan.FromMinutes(3);
        Assert.Contains("not valid before", await _bench.NotSignedAsync(VaultFault.KeyInactive), StringComparison.Ordinal);

        _bench.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.IsType<VaultKeyReading.Found>(await _bench.DescribeAsync());

        _bench.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Contains("not valid after", await _bench.NotSignedAsync(VaultFault.KeyInactive), StringComparison.Ordinal);
        await _bench.NotDescribedAsync(VaultFault.KeyInactive);
        Assert.Equal(1, _bench.Server.Asked("get"));
    }

    [Fact]
    public async Task AnyCall_PublicKeyOfAVersionChanges_IsNotAttestedForGood()
    {
        Assert.IsType<VaultKeyReading.Found>(await _bench.DescribeAsync());
        var other = _bench.AddVaultKey("other").BundleJson(_bench.Key.Id);
        _bench.Server.Play("get", new HsmTrick.Answer(other), new HsmTrick.Answer(other));
        _bench.Time.Advance(TimeSpan.FromMinutes(6));

        await _bench.NotDescribedAsync(VaultFault.KeyNotAttested);
        await _bench.NotSignedAsync(VaultFault.KeyNotAttested);
        Assert.Equal(0, _bench.Server.Asked("sign"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>a proxy's page</html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"key":null,"attributes":null}""")]
    [InlineData("""{"key":{"kid":"https://custody.managedhsm.test/keys/another/0123456789abcdef0123456789abcdef","kty":"EC-HSM"}}""")]
    public async Task DescribeAsync_AnswerIsNoKey_IsMalformed(string answer)
    {
        _bench.Server.Play("get", new HsmTrick.Answer(answer), new HsmTrick.Answer(answer));

        await _bench.NotDescribedAsync(VaultFault.MalformedAnswer);
        await _bench.NotSignedAsync(VaultFault.MalformedAnswer);
        Assert.Equal(0, _bench.Server.Asked("sign"));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("y")]
    public async Task DescribeAsync_CoordinateTooShort_IsMalformed(string which)
    {
        var whole = _bench.Key.BundleJson(_bench.Key.Id);
        var at = whole.IndexOf($"\"{which}\":\"", StringComparison.Ordinal) + 5;
        var cut = whole.Remove(at, 4);
        _bench.Server.Play("get", new HsmTrick.Answer(cut));

        await _bench.NotDescribedAsync(VaultFault.MalformedAnswer);
    }

    [Fact]
    public async Task DescribeAsync_EndlessAnswer_IsMalformed()
    {
        _bench.Server.Play("get", new HsmTrick.Answer(new string(' ', 100_000)));

        await _bench.NotDescribedAsync(VaultFault.MalformedAnswer);
    }
}
