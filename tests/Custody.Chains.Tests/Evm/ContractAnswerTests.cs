using Custody.Chains.Evm;
using Custody.Core.Encoding;
using Custody.TestKeys;

namespace Custody.Chains.Tests.Evm;

/// <summary>What the client makes of a node's words about contracts, over real HTTP.</summary>
public sealed class ContractAnswerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Code_HexOrNone_IsRead()
    {
        await using var contract = ScriptedNode.Results(("eth_getCode", "\"0x6080\""));
        Assert.Equal([0x60, 0x80], await contract.Client.CodeAsync(TestKey.Funded.Address, BlockReference.Latest, Cancellation));
        await using var account = ScriptedNode.Results(("eth_getCode", "\"0x\""));
        Assert.Empty(await account.Client.CodeAsync(TestKey.Funded.Address, BlockReference.Latest, Cancellation));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"0x608\"")]
    [InlineData("\"6080\"")]
    [InlineData("5")]
    public async Task Code_AnythingElse_IsRefused(string json)
    {
        await using var node = ScriptedNode.Results(("eth_getCode", json));
        await Assert.ThrowsAsync<NodeAnswerException>(() => node.Client.CodeAsync(TestKey.Funded.Address, BlockReference.Latest, Cancellation));
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":{"code":3,"message":"execution reverted: paused"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"execution reverted"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":{"code":-32015,"message":"VM execution error. Reverted 0x"}}""")]
    public async Task CallAndEstimate_Reverted_AreNull(string body)
    {
        await using var node = ScriptedNode.Saying(body);
        Assert.Null(await node.Client.CallAsync(TestKey.Funded.Address, Erc20Call.Decimals(), BlockReference.Latest, Cancellation));
        Assert.Null(await node.Client.EstimateGasAsync(TestKey.Eip155.Address, TestKey.Funded.Address, Erc20Call.Decimals(), Cancellation));
    }

    [Fact]
    public async Task CallAndEstimate_NodeThatRefuses_IsNoRevert()
    {
        await using var node = ScriptedNode.Saying("""{"jsonrpc":"2.0","id":1,"error":{"code":-32005,"message":"limit exceeded"}}""");
        await Assert.ThrowsAsync<NodeAnswerException>(() => node.Client.CallAsync(TestKey.Funded.Address, Erc20Call.Decimals(), BlockReference.Latest, Cancellation));
        await Assert.ThrowsAsync<NodeAnswerException>(
            () => node.Client.EstimateGasAsync(TestKey.Eip155.Address, TestKey.Funded.Address, Erc20Call.Decimals(), Cancellation));
    }

    [Fact]
    public async Task Estimate_MoreThan64Bits_IsRefused()
    {
        await using var node = ScriptedNode.Results(("eth_estimateGas", "\"0x10000000000000000\""));
        await Assert.ThrowsAsync<NodeAnswerException>(
            () => node.Client.EstimateGasAsync(TestKey.Eip155.Address, TestKey.Funded.Address, Erc20Call.Decimals(), Cancellation));
    }

    [Theory]
    [InlineData("decimals()", "313ce567")]
    [InlineData("balanceOf(address)", "70a08231")]
    [InlineData("transfer(address,uint256)", "a9059cbb")]
    public void Selector_IsTheFirstFourBytesOfTheSignaturesHash(string signature, string selector)
    {
        Assert.Equal(selector, Convert.ToHexStringLower(Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(signature)).AsSpan(0, 4)));
        byte[][] calls = [Erc20Call.Decimals(), Erc20Call.BalanceOf(TestKey.Funded.Address), Erc20Call.Transfer(TestKey.Funded.Address, 1)];
        Assert.Single(calls, c => Convert.ToHexStringLower(c.AsSpan(0, 4)) == selector);
    }

    [Fact]
    public void TransferTopic_IsTheSignaturesHash() => Assert.Equal(
        TransferLog.Topic, $"0x{Convert.ToHexStringLower(Keccak256.Hash("Transfer(address,address,uint256)"u8))}");
}
