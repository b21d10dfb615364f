using System.Globalization;
using System.Numerics;
using Custody.Chains.Evm;
using Custody.Core.Assets;
using Custody.Core.Governance;
using Xunit;

namespace Custody.Chains.Tests.Evm;

public sealed class TokenFallRuleTests
{
    private static readonly AssetId Token = AssetId.Parse("eip155:31337/erc20:0x5FbDB2315678afecb367f032d93F642f64180aa3");
    private static readonly EvmAddress Contract = EvmAddress.Parse(Token.Reference);
    private static readonly EvmAddress Somebody = EvmAddress.Parse("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
    private static readonly VaultRegistration Vault = SampleVault("hot-1", 1);
    private static readonly EvmAddress Ours = Vault.EvmAddress();
    private static readonly VaultRegistration OtherVault = SampleVault("hot-2", 2);
    private static readonly Dictionary<EvmAddress, VaultRegistration> Vaults = new() { [Ours] = Vault, [OtherVault.EvmAddress()] = OtherVault };
    private static readonly Dictionary<EvmAddress, AssetId> Tokens = new() { [Contract] = Token };

    [Fact]
    public void In_SomebodyElsesCallTakesTokens_IsAFallOfTheAccount()
    {
        var fall = Assert.Single(In([Sent(1, Somebody, Contract)], Log(1, Ours, Somebody, 9)));
        Assert.Equal((Vault, Token, Contract, BigInteger.Zero), (fall.Vault, fall.Asset, fall.Contract, fall.Called));
        Assert.Equal([Hash(1)], fall.Transactions);
    }

    [Fact]
    public void In_WhatMovesNothing_IsNone() =>
        Assert.Empty(In([Sent(1, Somebody, Contract)], Log(1, Ours, Somebody, 0), Log(1, Ours, Ours, 9), Log(1, Somebody, Ours, 9)));

    [Fact]
    public void In_OurOwnCallOfTheContract_IsNone() => Assert.Empty(In([Sent(1, Ours, Contract)], Log(1, Ours, Somebody, 9)));

    [Fact]
    public void In_OurCallOfSomethingElse_IsAFall() => Assert.Single(In([Sent(1, Ours, Somebody)], Log(1, Ours, Somebody, 9)));

    [Fact]
    public void In_AnotherVaultsCall_IsAFall() => Assert.Single(In([Sent(1, OtherVault.EvmAddress(), Contract)], Log(1, Ours, Somebody, 9)));

    [Fact]
    public void In_ATransactionThatTheBlockDoesNotShow_IsAFall() => Assert.Single(In([], Log(1, Ours, Somebody, 9)));

    [Fact]
    public void In_TokensThatNobodyRegistered_AreNone() => Assert.Empty(In([], Log(1, Ours, Somebody, 9) with { Log = Log(1, Ours, Somebody, 9).Log with { Address = Somebody } }));

    [Fact]
    public void In_SeveralOfOneAccount_AreOneFallBesideWhatItPaid()
    {
        var fall = Assert.Single(In([Sent(1, Ours, Contract), Sent(2, Somebody, Contract)], Log(1, Ours, Somebody, 5), Log(2, Ours, Somebody, 3), Log(2, Ours, Somebody, 4)));
        Assert.Equal([Hash(2)], fall.Transactions);
        Assert.Equal(5, fall.Called);
    }

    [Theory]
    [InlineData(0, 100, 93, 7)]
    [InlineData(0, 100, 100, 0)]
    [InlineData(50, 100, 143, 7)]
    [InlineData(50, 100, 150, 0)]
    [InlineData(0, 100, 101, -1)]
    public void Lost_BalanceAndWhatCameIn_SaysWhatWasTaken(int received, int before, int after, int lost)
    {
        var fall = Assert.Single(In([], Log(1, Ours, Somebody, 7)));
        EvmBlockLog[] paidIn = [Log(2, Somebody, Ours, received), Log(2, Ours, Ours, 1000), Log(2, Somebody, OtherVault.EvmAddress(), 1000)];
        Assert.Equal(lost, TokenFallRule.Lost(fall, paidIn, before, after));
    }

    [Fact]
    public void Lost_WhatOurOwnCallsPaid_IsNotLost()
    {
        var fall = Assert.Single(In([Sent(1, Ours, Contract)], Log(1, Ours, Somebody, 5), Log(2, Ours, Somebody, 7)));
        Assert.Equal(7, TokenFallRule.Lost(fall, [], 100, 88));
        Assert.Equal(0, TokenFallRule.Lost(fall, [], 100, 95));
    }

    private static IReadOnlyList<TokenFall> In(EvmTransaction[] sent, params EvmBlockLog[] logs) =>
        TokenFallRule.In(new EvmBlock(new EvmHeader(7, Hash(9), Hash(8), DateTimeOffset.UnixEpoch, BigInteger.One), sent), logs, Tokens, Vaults);

    private static EvmTransaction Sent(int number, EvmAddress from, EvmAddress to) => new(Hash(number), from, to, 0, 0, 68, 31337);

    private static EvmBlockLog Log(int transaction, EvmAddress from, EvmAddress to, BigInteger value) => new(
        Hash(transaction), 0, new EvmLog(Contract, [TransferLog.Topic, TransferLog.TopicOf(from), TransferLog.TopicOf(to)], "0x" + value.ToString("x64", CultureInfo.InvariantCulture)[^64..]));

    private static string Hash(int number) => "0x" + number.ToString("x64", CultureInfo.InvariantCulture);

    private static VaultRegistration SampleVault(string id, byte key) =>
        new(id, Token.Chain, VaultTier.Hot, id, Convert.ToBase64String([4, .. Enumerable.Repeat(key, 64)]).TrimEnd('=').Replace('+', '-').Replace('/', '_'));
}
