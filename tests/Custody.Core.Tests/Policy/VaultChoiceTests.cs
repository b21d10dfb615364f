using Custody.Core.Policy;
using Xunit;

namespace Custody.Core.Tests.Policy;

public sealed class VaultChoiceTests
{
    [Fact]
    public void Order_FewerInFlight_ComeFirst() =>
        Assert.Equal(["b", "a"], VaultChoice.Order([new VaultLoad("a", 2, 100, 0), new VaultLoad("b", 1, 100, 50)], 10));

    [Fact]
    public void Order_AsManyInFlight_WhatPromisedLess() =>
        Assert.Equal(["b", "a"], VaultChoice.Order([new VaultLoad("a", 1, 1000, 20), new VaultLoad("b", 1, 100, 10)], 10));

    [Fact]
    public void Order_WhatCannotPay_ComesLast() =>
        Assert.Equal(["b", "a"], VaultChoice.Order([new VaultLoad("a", 0, 100, 91), new VaultLoad("b", 9, 100, 90)], 10));

    [Fact]
    public void Order_AllTheSame_ById() =>
        Assert.Equal(["a", "b", "c"], VaultChoice.Order([new VaultLoad("c", 0, 1, 0), new VaultLoad("a", 0, 1, 0), new VaultLoad("b", 0, 1, 0)], 1));

    [Fact]
    public void Order_WhatPromisedMoreThanItHolds_CoversNothing() => Assert.False(new VaultLoad("a", 0, 5, 6).Covers(0));
}
