using System.Numerics;
using System.Text.Json;
using Custody.Core.Encoding;
using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace Custody.Core.Tests.Encoding;

/// <summary>Base units and instants: one value, one text.</summary>
public sealed class TextFormTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("115792089237316195423570985008687907853269984665640564039457584007913129639935")]
    public void BaseUnits_OneText_RoundTrips(string text)
    {
        Assert.True(BaseUnitsJsonConverter.TryParse(text, out var value));
        Assert.Equal(text, BaseUnitsJsonConverter.Format(value));
        Assert.Equal(value, CanonicalJson.DeserializeLoose<BigInteger>(CanonicalJson.Serialize(value)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("01")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1.0")]
    [InlineData("1e3")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("0x1")]
    [InlineData("1,000")]
    [InlineData("١")]
    [InlineData("1157920892373161954235709850086879078532699846656405640394575840079131296399351")]
    public void BaseUnits_AnyOtherText_DoesNotParse(string? text) => Assert.False(BaseUnitsJsonConverter.TryParse(text, out _));

    [Fact]
    public void BaseUnits_JsonNumber_Throws() => Assert.Throws<JsonException>(() => CanonicalJson.DeserializeLoose<BigInteger>("1"u8));

    [Fact]
    public void BaseUnits_Negative_IsNeverWritten() => Assert.Throws<ArgumentOutOfRangeException>(() => BaseUnitsJsonConverter.Format(BigInteger.MinusOne));

    [Property]
    public bool BaseUnits_AnyAmount_RoundTrips(NonNegativeInt high, NonNegativeInt low)
    {
        var value = (new BigInteger(high.Get) << 64) + low.Get;
        return BaseUnitsJsonConverter.TryParse(BaseUnitsJsonConverter.Format(value), out var parsed) && parsed == value;
    }

    [Fact]
    public void Instant_WholeSecondsInUtc_RoundTrips()
    {
        var at = new DateTimeOffset(2026, 1, 31, 20, 0, 0, TimeSpan.FromHours(8));

        Assert.Equal("\"2026-01-31T12:00:00Z\""u8.ToArray(), CanonicalJson.Serialize(at));
        Assert.Equal(at, CanonicalJson.DeserializeLoose<DateTimeOffset>("\"2026-01-31T12:00:00Z\""u8));
    }

    [Theory]
    [InlineData("2026-01-31T12:00:00.0Z")]
    [InlineData("2026-01-31T12:00:00+00:00")]
    [InlineData("2026-01-31T12:00:00")]
    [InlineData("2026-01-31 12:00:00Z")]
    [InlineData("2026-01-31T12:00Z")]
    [InlineData("2026-02-29T12:00:00Z")]
    [InlineData("2026-01-31T24:00:00Z")]
    [InlineData(" 2026-01-31T12:00:00Z")]
    [InlineData("2026-1-31T12:00:00Z")]
    [InlineData("")]
    public void Instant_AnyOtherText_Throws(string text) =>
        Assert.Throws<JsonException>(() => CanonicalJson.DeserializeLoose<DateTimeOffset>(JsonSerializer.SerializeToUtf8Bytes(text)));

    // Against a second implementation of SHA-256.
    [Theory]
    [InlineData("", "d")]
    [InlineData("abc", "d")]
    [InlineData("abc", "custody/intent/v1")]
    public void DomainDigest_IsSha256OfDomainZeroContent(string content, string domain)
    {
        var expected = new byte[32];
        var sha = new Org.BouncyCastle.Crypto.Digests.Sha256Digest();
        sha.BlockUpdate([.. System.Text.Encoding.ASCII.GetBytes(domain), 0, .. System.Text.Encoding.ASCII.GetBytes(content)]);
        sha.DoFinal(expected);

        Assert.Equal(expected, DomainDigest.Compute(domain, System.Text.Encoding.ASCII.GetBytes(content)));
        Assert.Equal(Convert.ToHexStringLower(expected), DomainDigest.Hex(domain, System.Text.Encoding.ASCII.GetBytes(content)));
    }

    [Fact]
    public void DomainDigest_AnotherDomain_IsAnotherDigest() => Assert.NotEqual(DomainDigest.Hex("a", "bc"u8), DomainDigest.Hex("ab", "c"u8));

    // The empty string's Keccak-256, which every Ethereum account without code carries.
    [Fact]
    public void Keccak256_Empty_IsThePublishedDigest() =>
        Assert.Equal("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470", Convert.ToHexStringLower(Keccak256.Hash([])));
}
