using Custody.Core.Vaults;
using Custody.Vaults.ManagedHsm;
using Xunit;

namespace Custody.Vaults.Tests.ManagedHsm;

/// <summary>The client's pure parts.</summary>
public sealed class ManagedHsmRulesTests
{
    private const string Version = "0123456789abcdef0123456789abcdef";
    private static readonly Uri Hsm = new("https://custody.managedhsm.azure.net");
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("http://custody.managedhsm.azure.net")]
    [InlineData("https://custody.managedhsm.azure.net/keys")]
    [InlineData("https://custody.managedhsm.azure.net/?a=b")]
    [InlineData("https://user@custody.managedhsm.azure.net")]
    [InlineData("https://10.0.0.1")]
    [InlineData("https://localhost")]
    [InlineData("https://azure.net")]
    public void Options_NoHsmsUrl_Throw(string url) =>
        Assert.Throws<ArgumentException>(() => new ManagedHsmOptions { HsmUri = new Uri(url) }.Checked());

    [Fact]
    public void Options_OutOfRange_Throw()
    {
        var good = new ManagedHsmOptions { HsmUri = Hsm };
        Assert.Same(good, good.Checked());
        ManagedHsmOptions[] bad =
        [
            good with { AttemptTimeout = TimeSpan.Zero },
            good with { TotalTimeout = TimeSpan.FromSeconds(9) },
            good with { MaxAttempts = 0 },
            good with { FirstRetryDelay = TimeSpan.Zero },
            good with { MaxRetryDelay = TimeSpan.FromMilliseconds(1) },
            good with { MaxRetryAfter = TimeSpan.FromSeconds(-1) },
            good with { LongestPause = TimeSpan.FromSeconds(1) },
            good with { TokenRefreshMargin = TimeSpan.FromSeconds(-1) },
            good with { KeyCacheDuration = TimeSpan.FromSeconds(-1) },
            good with { PermissionCacheDuration = TimeSpan.FromSeconds(-1) },
        ];
        Assert.All(bad, options => Assert.Throws<ArgumentOutOfRangeException>(options.Checked));
    }

    [Fact]
    public void Options_Defaults_EndWithinTheMinuteInWhichAJournalLineIsFresh()
    {
        var options = new ManagedHsmOptions { HsmUri = Hsm };

        Assert.True(options.TotalTimeout + options.AttemptTimeout < TimeSpan.FromMinutes(1));
        Assert.Equal([500, 1000, 2000, 4000, 5000, 5000], Enumerable.Range(1, 6).Select(a => (int)options.DelayAfter(a).TotalMilliseconds));
    }

    [Theory]
    [InlineData("https://custody.managedhsm.azure.net/keys/hot/0123456789abcdef0123456789abcdef", true)]
    [InlineData("https://custody.managedhsm.azure.net:443/keys/hot/0123456789abcdef0123456789abcdef", true)]
    [InlineData("https://Custody.ManagedHsm.Azure.Net/keys/hot/0123456789abcdef0123456789abcdef", true)]
    [InlineData("https://custody.managedhsm.azure.net/keys/Hot/0123456789abcdef0123456789abcdef", false)]
    [InlineData("https://custody.managedhsm.azure.net/keys/hot/0123456789abcdef0123456789abcdee", false)]
    [InlineData("https://custody.managedhsm.azure.net/keys/hot", false)]
    [InlineData("https://other.managedhsm.azure.net/keys/hot/0123456789abcdef0123456789abcdef", false)]
    [InlineData("hot", false)]
    [InlineData(null, false)]
    public void KeyId_KidOfAnAnswer_IsTheKeyOrNot(string? kid, bool same)
    {
        Assert.True(ManagedHsmKeyId.TryParse($"https://custody.managedhsm.azure.net/keys/hot/{Version}", Hsm, out var id, out _));

        Assert.Equal(same, id.Is(kid));
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("30", 30)]
    [InlineData("Sun, 01 Mar 2026 12:00:30 GMT", 30)]
    [InlineData("Sun, 01 Mar 2026 11:00:00 GMT", 0)]
    public void RetryAfter_SecondsOrDate_IsAWait(string header, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfter.Parse(header, Now));

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData("tomorrow")]
    public void RetryAfter_Malformed_IsNone(string header) => Assert.Null(RetryAfter.Parse(header, Now));

    [Theory]
    [InlineData("""{"error":{"code":"Forbidden","innererror":{"code":"KeyDisabled"}}}""", " (KeyDisabled)")]
    [InlineData("""{"error":{"code":"Forbidden","message":"with a secret"}}""", " (Forbidden)")]
    [InlineData("""{"error":{"code":"two words"}}""", "")]
    [InlineData("""{"error":{"code":7}}""", "")]
    [InlineData("""{"error":[]}""", "")]
    [InlineData("[]", "")]
    [InlineData("nothing", "")]
    public void ErrorCode_Answer_IsAWordOrNothing(string body, string told) => Assert.Equal(told, HsmErrorCode.Of(System.Text.Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void ErrorCode_NoUtf8_IsNothing() => Assert.Equal("", HsmErrorCode.Of([.. """{"error":{"code":"Forb"""u8, 0xff, .. "\"}}"u8]));

    [Fact]
    public void Problems_OnlyThoseThatAreSurelyNotSigned_GetAnotherFaultThanUnknown()
    {
        foreach (var problem in Enum.GetValues<HsmProblem>().Where(p => p != HsmProblem.None))
        {
            Assert.Equal(VaultFault.Unknown, HsmReply.Of(problem, mayHaveActed: true, "").SigningFault);
        }

        Assert.Equal(VaultFault.Unknown, HsmProblems.FaultOf(HsmProblem.Unknown));
        Assert.Equal(VaultFault.Unknown, HsmProblems.FaultOf((HsmProblem)999));
        Assert.All([200, 401, 403, 404, 409, 429, 400, 307], status => Assert.False(HsmProblems.MayHaveActed(HsmProblems.OfStatus(status))));
        Assert.All([201, 202, 204, 408, 500, 502, 503, 504, 599, 0, 199], status => Assert.True(HsmProblems.MayHaveActed(HsmProblems.OfStatus(status))));
    }
}
