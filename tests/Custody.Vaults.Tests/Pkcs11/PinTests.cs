using Custody.Core.Vaults;
using Custody.Vaults.Pkcs11;
using Net.Pkcs11Interop.Common;
using Xunit;

namespace Custody.Vaults.Tests.Pkcs11;

public sealed class PinTests : IDisposable
{
    private const int PinRefused = 5204;
    private readonly TestToken _token = TestToken.Create();
    private readonly RecordingLogger<Pkcs11SessionPool> _log = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _token.Dispose();

    [Fact]
    public async Task RunAsync_WrongPin_IsOfferedOnceInTheProcess()
    {
        var options = _token.Options with { PinFile = _token.WritePin("wrong", "wrong-pin") };
        await using var first = Pool(options);
        await using var second = Pool(options with { MaxSessions = 1 });

        Assert.Equal(VaultFault.WrongPin, await FaultAsync(first));
        Assert.Equal(VaultFault.WrongPin, await FaultAsync(first));
        Assert.Equal(VaultFault.WrongPin, await FaultAsync(second));

        Assert.Equal(1, _log.Count(PinRefused));
    }

    // Were the PIN offered again, this login would now succeed.
    [Fact]
    public async Task RunAsync_TokenTakesTheRefusedPinLater_IsStillNotOffered()
    {
        var wrong = _token.WritePin("wrong", "wrong-pin");
        await using var pool = Pool(_token.Options with { PinFile = wrong });
        Assert.Equal(VaultFault.WrongPin, await FaultAsync(pool));

        await using (var right = Pool(_token.Options))
        {
            await right.RunAsync<int>(
                session =>
                {
                    session.Session.SetPin(_token.Pin, "wrong-pin");
                    return new Pkcs11Answer<int>.Done(0);
                },
                Cancellation,
                SessionType.ReadWrite);
        }

        Assert.Equal(VaultFault.WrongPin, await FaultAsync(pool));
    }

    [Fact]
    public async Task RunAsync_PinFromASetting_LogsInAndIsPrintedNowhere()
    {
        var options = _token.Options with { PinFile = "", Pin = _token.Pin };
        await using var pool = Pool(options);

        Assert.IsType<Pkcs11Answer<int>.Done>(await pool.RunAsync<int>(_ => new Pkcs11Answer<int>.Done(0), Cancellation));
        Assert.DoesNotContain(_token.Pin, options.ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Pool(_token.Options with { Pin = _token.Pin }));
        Assert.Throws<ArgumentException>(() => Pool(_token.Options with { PinFile = "" }));
    }

    [Fact]
    public async Task RunAsync_SameWrongPinFromAnotherFile_IsNotOffered()
    {
        await using var first = Pool(_token.Options with { PinFile = _token.WritePin("wrong-1", "wrong-pin") });
        await using var second = Pool(_token.Options with { PinFile = _token.WritePin("wrong-2", "wrong-pin") });

        Assert.Equal(VaultFault.WrongPin, await FaultAsync(first));
        Assert.Equal(VaultFault.WrongPin, await FaultAsync(second));

        Assert.Equal(1, _log.Count(PinRefused));
    }

    [Fact]
    public async Task RunAsync_RightPinFromAnotherFileAfterAWrongOne_Works()
    {
        await using var wrong = Pool(_token.Options with { PinFile = _token.WritePin("wrong", "wrong-pin") });
        await using var right = Pool(_token.Options);

        Assert.Equal(VaultFault.WrongPin, await FaultAsync(wrong));
        Assert.Null(await FaultAsync(right));
        Assert.Equal(VaultFault.WrongPin, await FaultAsync(wrong));
    }

    // PKCS#11 has one login an application and token: the wrong PIN must not ride on the right one's.
    [Fact]
    public async Task RunAsync_WrongPinWhileAnotherPoolIsLoggedIn_IsRefused()
    {
        await using var right = Pool(_token.Options);
        await using var alike = Pool(_token.Options);
        await using var wrong = Pool(_token.Options with { PinFile = _token.WritePin("wrong", "wrong-pin") });

        Assert.Null(await FaultAsync(right));
        Assert.Null(await FaultAsync(alike));
        Assert.Equal(VaultFault.WrongPin, await FaultAsync(wrong));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \n")]
    public async Task RunAsync_BlankPinFile_OffersNothing(string text)
    {
        await using var pool = Pool(_token.Options with { PinFile = _token.WritePin("blank", text) });

        Assert.Equal(VaultFault.WrongPin, await FaultAsync(pool));
        Assert.Equal(0, _log.Count(PinRefused));
    }

    [Fact]
    public async Task RunAsync_NoPinFile_OffersNothing()
    {
        await using var pool = Pool(_token.Options with { PinFile = "/nowhere/pin" });

        Assert.Equal(VaultFault.WrongPin, await FaultAsync(pool));
        Assert.Equal(0, _log.Count(PinRefused));
    }

    [Fact]
    public async Task EachLogEntryAndText_NeverHoldsThePin()
    {
        await using var right = Pool(_token.Options);
        await using var wrong = Pool(_token.Options with { PinFile = _token.WritePin("wrong", "wrong-pin") });
        Assert.Null(await FaultAsync(right));
        var answer = await wrong.RunAsync<int>(_ => new Pkcs11Answer<int>.Done(0), Cancellation);
        using var pin = Pkcs11Pin.FromText(_token.Pin);

        Assert.NotEmpty(_log.Entries);
        Assert.All(
            [.. _log.Entries.Select(entry => entry.Text), $"{_token.Options}", $"{answer}", $"{pin}"],
            text => Assert.False(text.Contains(_token.Pin, StringComparison.Ordinal) || text.Contains("wrong-pin", StringComparison.Ordinal), text));
    }

    [Fact]
    public void Dispose_Pin_WipesIt()
    {
        var pin = Pkcs11Pin.FromText(" 1234\n");
        Assert.Equal("1234"u8.ToArray(), pin.Utf8);

        pin.Dispose();

        Assert.Equal(new byte[4], pin.Utf8);
    }

    [Fact]
    public void Options_NotUsable_Throw()
    {
        Assert.ThrowsAny<ArgumentException>(() => _token.Pool(_token.Options with { ModulePath = "libsofthsm2.so" }));
        Assert.ThrowsAny<ArgumentException>(() => _token.Pool(_token.Options with { PinFile = "pin" }));
        Assert.ThrowsAny<ArgumentException>(() => _token.Pool(_token.Options with { TokenLabel = null }));
        Assert.ThrowsAny<ArgumentException>(() => _token.Pool(_token.Options with { MaxSessions = 0 }));
        Assert.ThrowsAny<ArgumentException>(() => _token.Pool(_token.Options with { FirstRecoveryDelay = TimeSpan.Zero }));
        Assert.ThrowsAny<ArgumentException>(() => _token.Pool(_token.Options with { MaxRecoveryDelay = TimeSpan.FromMilliseconds(1) }));
    }

    private static async Task<VaultFault?> FaultAsync(Pkcs11SessionPool pool) =>
        (await pool.RunAsync<int>(_ => new Pkcs11Answer<int>.Done(0), Cancellation)).Match<VaultFault?>(_ => null, (fault, _) => fault);

    private Pkcs11SessionPool Pool(Pkcs11Options options) => new(options, _token.Time, _log);
}
