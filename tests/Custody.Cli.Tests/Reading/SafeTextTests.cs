using Custody.Core.Reading;

namespace Custody.Cli.Tests.Reading;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("Own wallet, 北京 & Zürich 😀", "Own wallet, 北京 & Zürich 😀")]
    [InlineData("a\u001b[2Kb", "a<U+001B>[2Kb")]
    [InlineData("a\rb\nc", "a<U+000D>b<U+000A>c")]
    [InlineData("a\u202eb", "a<U+202E>b")]
    [InlineData("a\u200bb", "a<U+200B>b")]
    [InlineData("a\u00a0b", "a<U+00A0>b")]
    [InlineData(null, "")]
    public void Of_Text_ShowsWhatDrawsNothing(string? text, string expected) => Assert.Equal(expected, SafeText.Of(text));

    [Fact]
    public void Of_BrokenSurrogate_IsShown() => Assert.Equal("a\ufffdb", SafeText.Of("a\ud800b"));

    [Theory]
    [InlineData("0x70997970C51812dc3A010C7d01b50e0d17dc79C8", "0x 7099 7970 C518 12dc 3A01 0C7d 01b5 0e0d 17dc 79C8")]
    [InlineData("bc1qexample", "bc1q exam ple")]
    public void Grouped_Address_IsInGroupsOfFour(string address, string expected) => Assert.Equal(expected, AddressText.Grouped(address));

    [Fact]
    public void Confirmation_Address_IsItsLastFour() => Assert.Equal("79C8", AddressText.Confirmation("0x70997970C51812dc3A010C7d01b50e0d17dc79C8"));
}
