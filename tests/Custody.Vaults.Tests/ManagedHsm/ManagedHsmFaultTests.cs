using System.Globalization;
using Custody.Core.Vaults;
using Custody.Testing.ManagedHsm;
using Custody.Testing.World;
using Xunit;

namespace Custody.Vaults.Tests.ManagedHsm;

/// <summary>
/// Each way in which the HSM may fail, and what is then known: a request that went out without an answer is Unknown, never
/// "not signed".
/// </summary>
public sealed class ManagedHsmFaultTests : IAsyncLifetime
{
    private HsmBench _bench = null!;

    public static TheoryData<string> Cuts => ["after", "within", "gateway"];

    public async ValueTask InitializeAsync() => _bench = await HsmBench.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _bench.AssertTellsNoSecret();
        await _bench.DisposeAsync();
    }

    [Theory]
    [InlineData(403, "Forbidden", VaultFault.AccessDenied)]
    [InlineData(404, "KeyNotFound", VaultFault.KeyMissing)]
    [InlineData(409, "Conflict", VaultFault.Conflict)]
    [InlineData(400, "BadParameter", VaultFault.MalformedAnswer)]
    [InlineData(302, "Found", VaultFault.MalformedAnswer)]
    public async Task SignAsync_RefusedByTheHsm_IsItsOwnFaultAndNotTriedAgain(int status, string code, VaultFault fault)
    {
        _bench.Server.Play("sign", new HsmTrick.Error(status, code));

        var detail = await _bench.NotSignedAsync(fault);

        Assert.Contains($"status {status.ToString(CultureInfo.InvariantCulture)} ({code})", detail, StringComparison.Ordinal);
        Assert.Equal(1, _bench.Server.Asked("sign"));
        Assert.Empty(_bench.Time.Pauses);
        Assert.Contains(_bench.Logged, l => l.EventId == 5301);
        await _bench.SignedAsync();
    }

    [Theory]
    [InlineData(403, VaultFault.AccessDenied)]
    [InlineData(404, VaultFault.KeyMissing)]
    [InlineData(409, VaultFault.Conflict)]
    public async Task DescribeAsync_RefusedByTheHsm_IsItsOwnFault(int status, VaultFault fault)
    {
        _bench.Server.Play("get", new HsmTrick.Error(status, "Code"));

        await _bench.NotDescribedAsync(fault);

        Assert.IsType<VaultKeyReading.Found>(await _bench.DescribeAsync());
    }

    [Fact]
    public async Task SignAsync_WithoutThePermission_IsDenied()
    {
        _bench.Permissions = HsmPermissions.Read;

        Assert.Contains("(Forbidden)", await _bench.NotSignedAsync(VaultFault.AccessDenied), StringComparison.Ordinal);
        Assert.Equal(0, _bench.Key.Signed);
    }

    [Fact]
    public async Task SignAsync_KeyDisabledSinceItWasRead_IsDeniedAndThenSeenAsInactive()
    {
        await _bench.SignedAsync();
        _bench.Key.Enabled = false;

        Assert.Contains("(KeyDisabled)", await _bench.NotSignedAsync(VaultFault.AccessDenied), StringComparison.Ordinal);

        await _bench.NotDescribedAsync(VaultFault.KeyInactive);
    }

    [Fact]
    public async Task SignAsync_KeyDeletedSinceItWasRead_IsMissing()
    {
        await _bench.SignedAsync();
        _bench.Server.RemoveKey("hot");

        await _bench.NotSignedAsync(VaultFault.KeyMissing);
        await _bench.NotDescribedAsync(VaultFault.KeyMissing);
    }

    [Fact]
    public async Task SignAsync_ThrottledForSeconds_WaitsAsLongAndSignsTheSameDigest()
    {
        _bench.Server.Play("sign", new HsmTrick.Error(429, "Throttled", "7"));

        await _bench.SignedAsync();

        Assert.Equal([TimeSpan.FromSeconds(7)], _bench.Time.Pauses);
        Assert.Equal(1, _bench.Key.Signed);
        Assert.Single(_bench.Server.Requests.Where(r => r is { Operation: "sign", Authorized: true }).Select(r => r.Body).Distinct());
    }

    [Fact]
    public async Task SignAsync_ThrottledUntilADate_WaitsUntilThen()
    {
        var until = _bench.Time.GetUtcNow() + TimeSpan.FromSeconds(9);
        _bench.Server.Play("sign", new HsmTrick.Error(429, "Throttled", until.ToString("R", CultureInfo.InvariantCulture)));

        await _bench.SignedAsync();

        Assert.Equal([TimeSpan.FromSeconds(9)], _bench.Time.Pauses);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("soon")]
    [InlineData("-5")]
    public async Task SignAsync_ThrottledWithoutAUsableRetryAfter_BacksOffAndDoubles(string? retryAfter)
    {
        HsmTrick throttled = new HsmTrick.Error(429, "Throttled", retryAfter);
        _bench.Server.Play("sign", throttled, throttled, throttled);

        await _bench.SignedAsync();

        Assert.Equal([TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)], _bench.Time.Pauses);
        Assert.Equal(3, _bench.Logged.Count(l => l.EventId == 5303));
    }

    [Fact]
    public async Task SignAsync_ThrottledEachTime_GivesUpKnowingThatNothingWasSigned()
    {
        _bench.Server.Play("sign", [.. Enumerable.Repeat(new HsmTrick.Error(429, "Throttled"), 4)]);

        await _bench.NotSignedAsync(VaultFault.Throttled);

        Assert.Equal(4, _bench.Server.Asked("sign"));
        Assert.Equal(0, _bench.Key.Signed);
    }

    [Fact]
    public async Task SignAsync_AskedToStayAwayForLong_StaysAwayAndComesBackThen()
    {
        Assert.IsType<VaultKeyReading.Found>(await _bench.DescribeAsync());
        _bench.Server.Play("sign", new HsmTrick.Error(429, "Throttled", "60"));
        await _bench.NotSignedAsync(VaultFault.Throttled);
        Assert.Empty(_bench.Time.Pauses);

        // A second withdrawal meanwhile does not reach it.
        _bench.Time.Advance(TimeSpan.FromSeconds(30));
        await _bench.NotSignedAsync(VaultFault.Throttled);
        Assert.Equal(1, _bench.Server.Asked("sign"));

        // What is left is short enough to wait for.
        _bench.Time.Advance(TimeSpan.FromSeconds(20));
        await _bench.SignedAsync();
        Assert.Equal([TimeSpan.FromSeconds(10)], _bench.Time.Pauses);
    }

    [Theory]
    [InlineData("99999999999999")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT")]
    public async Task SignAsync_AskedToStayAwayForGood_IsAskedAgainAfterTheLongestPause(string retryAfter)
    {
        _bench.Server.Play("sign", new HsmTrick.Error(503, "Busy", retryAfter));
        await _bench.NotSignedAsync(VaultFault.Unknown);

        _bench.Time.Advance(TimeSpan.FromMinutes(5));
        await _bench.SignedAsync();
    }

    [Theory]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task SignAsync_ServiceFailsOnce_TheSameDigestIsAskedForAgain(int status)
    {
        _bench.Server.Play("sign", new HsmTrick.Error(status, "InternalError"));

        await _bench.SignedAsync();

        Assert.Equal(2, _bench.Server.Asked("sign"));
        Assert.Single(_bench.Server.Requests.Where(r => r is { Operation: "sign", Authorized: true }).Select(r => r.Body).Distinct());
    }

    [Theory]
    [InlineData(500)]
    [InlineData(504)]
    public async Task SignAsync_ServiceFailsEachTime_IsUnknown(int status)
    {
        _bench.Server.Play("sign", [.. Enumerable.Repeat(new HsmTrick.Error(status, "InternalError"), 4)]);

        await _bench.NotSignedAsync(VaultFault.Unknown);

        Assert.Equal(4, _bench.Server.Asked("sign"));
        Assert.Contains(_bench.Logged, l => l.EventId == 5302);
    }

    [Fact]
    public async Task DescribeAsync_ServiceFailsEachTime_IsUnreachable()
    {
        _bench.Server.Play("get", [.. Enumerable.Repeat(new HsmTrick.Error(500, "InternalError"), 4)]);

        await _bench.NotDescribedAsync(VaultFault.Unreachable);
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task SignAsync_AnswerLostAfterSigning_IsSignedOnTheSecondTry(string how)
    {
        _bench.Server.Play("sign", Cut(how));

        await _bench.SignedAsync();

        Assert.Equal(2, _bench.Key.Signed);
        Assert.Single(_bench.Server.Requests.Where(r => r is { Operation: "sign", Authorized: true }).Select(r => r.Body).Distinct());
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task SignAsync_EveryAnswerLostAfterSigning_IsUnknown(string how)
    {
        _bench.Server.Play("sign", Cut(how), Cut(how), Cut(how), Cut(how));

        await _bench.NotSignedAsync(VaultFault.Unknown);

        Assert.Equal(4, _bench.Key.Signed);
        Assert.Contains(_bench.Logged, l => l.EventId == 5302);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(429)]
    public async Task SignAsync_AnswerLostAndThenRefused_StaysUnknown(int status)
    {
        // The second answer is clear, but the first try may have signed.
        _bench.Server.Play("sign", new HsmTrick.CutAfter(), new HsmTrick.Error(status, "Code", "3600"));

        await _bench.NotSignedAsync(VaultFault.Unknown);

        Assert.Equal(1, _bench.Key.Signed);
    }

    [Fact]
    public async Task SignAsync_AnswerLostAndThenNoToken_StaysUnknown()
    {
        _bench.Server.Play("sign", new HsmTrick.CutAfter());
        await _bench.SignedAsync();
        var before = _bench.Key.Signed;

        _bench.Server.Play("sign", new HsmTrick.CutAfter(), new HsmTrick.Challenge("Bearer nonsense"));
        await _bench.NotSignedAsync(VaultFault.Unknown);

        Assert.Equal(before + 1, _bench.Key.Signed);
    }

    [Fact]
    public async Task SignAsync_NothingListens_IsUnreachable()
    {
        Assert.IsType<VaultKeyReading.Found>(await _bench.DescribeAsync());
        await _bench.Server.DisposeAsync();

        Assert.Contains("ConnectionError", await _bench.NotSignedAsync(VaultFault.Unreachable), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignAsync_NoAnswerInTime_IsUnknown()
    {
        await using var bench = await HsmBench.StartAsync(o => o with { AttemptTimeout = TimeSpan.FromMilliseconds(700), MaxAttempts = 2 });
        await WarmUpAsync(bench);
        bench.Server.Play("sign", new HsmTrick.Hang(), new HsmTrick.Hang());

        Assert.Contains("TimedOut", await bench.NotSignedAsync(VaultFault.Unknown), StringComparison.Ordinal);

        Assert.Equal(2, bench.Server.Asked("sign"));
    }

    [Fact]
    public async Task DescribeAsync_NoAnswerInTime_IsUnreachable()
    {
        await using var bench = await HsmBench.StartAsync(o => o with { AttemptTimeout = TimeSpan.FromMilliseconds(700), MaxAttempts = 1 });
        bench.Server.Play("get", new HsmTrick.Hang());

        await bench.NotDescribedAsync(VaultFault.Unreachable);
    }

    [Fact]
    public async Task SignAsync_PausesAddUp_NoTryBeginsAfterTheTotal()
    {
        await using var bench = await HsmBench.StartAsync(o => o with { MaxAttempts = 100 });
        bench.Server.Play("sign", [.. Enumerable.Repeat(new HsmTrick.Error(429, "Throttled", "15"), 10)]);

        await bench.NotSignedAsync(VaultFault.Throttled);

        Assert.Equal([TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(15)], bench.Time.Pauses);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>a proxy's page</html>")]
    [InlineData("{}")]
    [InlineData("""{"kid":"KID"}""")]
    [InlineData("""{"kid":"KID","value":"AAAA"}""")]
    [InlineData("""{"kid":"KID","value":"not base64url!"}""")]
    [InlineData("""{"kid":"KID","kid":"KID","value":"SIGNATURE"}""")]
    [InlineData("""{"kid":"https://custody.managedhsm.test/keys/hot/0123456789abcdef0123456789abcdef","value":"SIGNATURE"}""")]
    [InlineData("""{"value":"SIGNATURE"}""")]
    public async Task SignAsync_AnswerIsNoSignature_IsUnknown(string answer)
    {
        var signature = Core.Signatures.StrictBase64Url.Encode(_bench.Key.Sign(HsmBench.Digest));
        _bench.Server.Play("sign", new HsmTrick.Answer(
            answer.Replace("KID", _bench.Key.Id, StringComparison.Ordinal).Replace("SIGNATURE", signature, StringComparison.Ordinal)));

        Assert.Contains("Malformed", await _bench.NotSignedAsync(VaultFault.Unknown), StringComparison.Ordinal);

        Assert.Equal(1, _bench.Server.Asked("sign"));
    }

    [Fact]
    public async Task SignAsync_KidSpeltAnotherWay_IsStillTheKey()
    {
        var signature = Core.Signatures.StrictBase64Url.Encode(_bench.Key.Sign(HsmBench.Digest));
        _bench.Server.Play("sign", new HsmTrick.Answer($$"""{"kid":"{{_bench.Key.Id.Replace("custody.", "CUSTODY.", StringComparison.Ordinal)}}","value":"{{signature}}"}"""));

        await _bench.SignedAsync();
    }

    [Fact]
    public async Task SignAsync_SignatureOfAnotherKey_IsNotGivenOut()
    {
        _bench.Server.Play("sign", new HsmTrick.SignWith((_, digest) => People.WarmKey.Sign(digest)));

        await _bench.NotSignedAsync(VaultFault.SignatureInvalid);

        Assert.Contains(_bench.Logged, l => l.EventId == 5307);
    }

    [Fact]
    public async Task SignAsync_SignatureOverAnotherDigest_IsNotGivenOut()
    {
        _bench.Server.Play("sign", new HsmTrick.SignWith((key, _) => key.Sign(new byte[32])));

        await _bench.NotSignedAsync(VaultFault.SignatureInvalid);
    }

    [Fact]
    public async Task SignAsync_ZerosAsSignature_AreNotGivenOut()
    {
        _bench.Server.Play("sign", new HsmTrick.SignWith((_, _) => new byte[64]));

        await _bench.NotSignedAsync(VaultFault.SignatureInvalid);
    }

    private static HsmTrick Cut(string how) => how switch
    {
        "after" => new HsmTrick.CutAfter(),
        "within" => new HsmTrick.CutWithin(),
        _ => new HsmTrick.GatewayTimeout(),
    };

    private static async Task WarmUpAsync(HsmBench bench)
    {
        // On a loaded machine the first handshake may take longer than the short limit of these tests.
        VaultKeyReading? reading = null;
        for (var tries = 0; tries < 20 && reading is not VaultKeyReading.Found; tries++)
        {
            reading = await bench.DescribeAsync();
        }

        Assert.True(reading is VaultKeyReading.Found, reading?.ToString());
    }
}
