using Custody.Testing;
using Custody.Vaults.Pkcs11;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Custody.Vaults.Tests.Pkcs11;

public sealed class Pkcs11TokenInitializerTests : IDisposable
{
    private readonly TestToken _token = TestToken.Create();

    public void Dispose() => _token.Dispose();

    [Fact]
    public async Task Initialize_LabelTaken_TouchesNothing()
    {
        var publicKey = await _token.GenerateVaultKeyAsync("hot-1");

        var again = Initialize(_token.Label);

        Assert.Equal(new TokenInitialization.AlreadyThere(_token.Label), again);
        await using var pool = _token.Pool();
        var keys = (await Pkcs11Inventory.ListKeysAsync(pool, TestContext.Current.CancellationToken)).OrThrow();
        Assert.Equal(publicKey, Assert.Single(keys).Facts.PublicKey);
    }

    [Fact]
    public void ListTokens_NewToken_IsThere()
    {
        var token = Assert.Single(Pkcs11Inventory.ListTokens(TestToken.Module), token => token.Label == _token.Label);

        Assert.Equal(_token.Facts.Serial, token.Serial);
        Assert.False(token.PinLocked);
    }

    [Fact]
    public async Task Initialize_NewToken_IsSeenByAnotherProcess()
    {
        await using var tool = ChildProcess.Start(
            "softhsm2-util", "softhsm2-util", ["--show-slots"], new Dictionary<string, string> { ["SOFTHSM2_CONF"] = SoftHsm.ConfigurationPath });
        await tool.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Contains(_token.Facts.Serial, tool.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" padded")]
    [InlineData("padded ")]
    [InlineData("a label of more than thirty-two bytes")]
    public void Initialize_UnusableLabel_Throws(string label) => Assert.ThrowsAny<ArgumentException>(() => Initialize(label));

    // Many at once neither share a slot nor make one label twice.
    [Fact]
    public async Task Initialize_SameLabelAtOnce_MakesOne()
    {
        var label = $"raced-{_token.Facts.Serial}";

        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Initialize(label), TestContext.Current.CancellationToken)));

        Assert.Single(made.OfType<TokenInitialization.Initialized>());
        Assert.Equal(3, made.OfType<TokenInitialization.AlreadyThere>().Count());
    }

    private static TokenInitialization Initialize(string label)
    {
        using var userPin = Pkcs11Pin.FromText("another-pin");
        using var soPin = Pkcs11Pin.FromText("another-so-pin");
        return Pkcs11TokenInitializer.Initialize(TestToken.Module, label, userPin, soPin, NullLogger.Instance);
    }
}
