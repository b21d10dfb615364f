using System.Numerics;
using Custody.Chains.Evm;
using Custody.Core.Assets;
using Custody.Core.Deposits;
using Custody.Core.Governance;
using Xunit;

namespace Custody.Chains.Tests.Evm;

public sealed class DepositRuleTests
{
    private static readonly AssetId Coin = AssetId.Parse("eip155:31337/slip44:60");
    private static readonly AssetId Token = AssetId.Parse("eip155:31337/erc20:0x5FbDB2315678afecb367f032d93F642f64180aa3");
    private static readonly EvmAddress Contract = EvmAddress.Parse(Token.Reference);
    private static readonly EvmAddress Somebody = EvmAddress.Parse("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
    private static readonly EvmAddress Ours = EvmAddress.Parse("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
    private static readonly EvmAddress Other = EvmAddress.Parse("0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC");
    private static readonly BlockPoint Block = new(7, "0x" + new string('a', 64));
    private static readonly Dictionary<EvmAddress, VaultRegistration> Vaults = new() { [Ours] = Vault("hot-1"), [Other] = Vault("hot-2") };
    private static readonly EvmTransaction Paid = new("0x" + new string('1', 64), Somebody, Ours, 5, 0, 0, 31337);

    [Fact]
    public void Native_SomebodyPaysAVault_IsADeposit() => Assert.Equal(
        new Deposit(7, Block.Hash, Paid.Hash, null, Coin, "hot-1", Somebody.ToString(), 5), DepositRule.Native(Paid, Block, Coin, Vaults));

    [Fact]
    public void Native_WhatMovesNothingOrIsNotForUsOrOurOwn_IsNone()
    {
        Assert.Null(DepositRule.Native(Paid with { Value = 0 }, Block, Coin, Vaults));
        Assert.Null(DepositRule.Native(Paid with { To = Somebody }, Block, Coin, Vaults));
        Assert.Null(DepositRule.Native(Paid with { To = null }, Block, Coin, Vaults));
        Assert.Null(DepositRule.Native(Paid with { From = Other }, Block, Coin, Vaults));
    }

    [Fact]
    public void Token_ATransferToAVault_IsADeposit() => Assert.Equal(
        new Deposit(7, Block.Hash, Paid.Hash, 3, Token, "hot-1", Somebody.ToString(), 9), Read(Log(Somebody, Ours, 9)));

    [Fact]
    public void Token_WhatMovesNothingOrIsNotForUsOrOurOwn_IsNone()
    {
        Assert.Null(Read(Log(Somebody, Ours, 0)));
        Assert.Null(Read(Log(Somebody, Somebody, 9)));
        Assert.Null(Read(Log(Other, Ours, 9)));
        Assert.Null(Read(Log(Somebody, Ours, 9) with { Address = Somebody }));
    }

    [Fact]
    public void Token_AnotherFormOfTheEvent_IsNone()
    {
        var log = Log(Somebody, Ours, 9);
        Assert.Null(Read(log with { Topics = [.. log.Topics, "0x" + new string('0', 64)] }));
        Assert.Null(Read(log with { Topics = [.. log.Topics.Take(2)] }));
        Assert.Null(Read(log with { Data = "0x" }));
        Assert.Null(Read(log with { Topics = ["0x" + new string('0', 64), log.Topics[1], log.Topics[2]] }));
    }

    [Fact]
    public void Id_ChainBlockTransactionAndLogCount_AndNothingElse()
    {
        var deposit = DepositRule.Native(Paid, Block, Coin, Vaults)!;
        Deposit[] others =
        [
            deposit, deposit with { BlockHash = "0x" + new string('b', 64) }, deposit with { TransactionId = "0x" + new string('2', 64) }, deposit with { LogIndex = 0 },
            deposit with { LogIndex = 1 }, deposit with { Asset = AssetId.Parse("eip155:1/slip44:60") },
        ];

        Assert.Equal(others.Length, others.Select(d => d.Id()).Distinct().Count());
        Assert.Equal(deposit.Id(), (deposit with { Amount = 1, From = "", VaultId = "" }).Id());
    }

    private static Deposit? Read(EvmLog log) =>
        DepositRule.Token(new EvmBlockLog(Paid.Hash, 3, log), Block, new Dictionary<EvmAddress, AssetId> { [Contract] = Token }, Vaults);

    private static EvmLog Log(EvmAddress from, EvmAddress to, BigInteger value) =>
        new(Contract, [TransferLog.Topic, TransferLog.TopicOf(from), TransferLog.TopicOf(to)], "0x" + value.ToString("x64", System.Globalization.CultureInfo.InvariantCulture)[^64..]);

    private static VaultRegistration Vault(string id) => new(id, Coin.Chain, VaultTier.Hot, id, "");
}
