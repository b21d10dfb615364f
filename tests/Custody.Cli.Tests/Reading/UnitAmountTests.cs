using System.Numerics;
using Custody.Core.Reading;
using FsCheck.Xunit;

namespace Custody.Cli.Tests.Reading;

public sealed class UnitAmountTests
{
    [Theory]
    [InlineData("1500000000000000000", 18, "1.5")]
    [InlineData("1", 18, "0.000000000000000001")]
    [InlineData("0", 18, "0")]
    [InlineData("1000000000000000000000", 18, "1000")]
    [InlineData("42", 0, "42")]
    [InlineData("120", 2, "1.2")]
    public void Format_BaseUnits_GivesUnits(string baseUnits, int decimals, string expected) =>
        Assert.Equal(expected, UnitAmount.Format(BigInteger.Parse(baseUnits, System.Globalization.CultureInfo.InvariantCulture), decimals));

    [Property]
    public bool TryParse_WhatFormatGave_IsTheSameAmount(ulong high, ulong low, byte decimals)
    {
        var amount = (new BigInteger(high) << 64) + low;
        var places = decimals % 30;
        return UnitAmount.TryParse(UnitAmount.Format(amount, places), places, out var read) && read == amount;
    }

    [Theory]
    [InlineData("")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("1,5")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1e3")]
    [InlineData("1.2.3")]
    [InlineData(" 1")]
    [InlineData("1.0000000000000000001")]
    [InlineData(null)]
    public void TryParse_NotAnAmount_IsFalse(string? text) => Assert.False(UnitAmount.TryParse(text, 18, out _));

    [Theory]
    [InlineData(1, 100, "1 %")]
    [InlineData(1, 300, "0.34 %")]
    [InlineData(1, 1_000_000, "0.01 %")]
    [InlineData(0, 5, "0 %")]
    public void PercentOf_Part_IsRoundedUp(int part, int whole, string expected) => Assert.Equal(expected, UnitAmount.PercentOf(part, whole));
}
