using System.Globalization;
using System.Numerics;
using Custody.Core.Intents;
using Custody.Core.Withdrawals;
using Custody.Functions.Tests.Support;
using Custody.Functions.Withdrawals;
using Custody.Testing.App;
using Xunit;

namespace Custody.Functions.Tests.Pipeline;

/// <summary>"Nothing is signed or sent that was not approved": what is on the chain, read from the node and by nothing of the product's.</summary>
public sealed class ExactPaymentTests(SharedSystem shared) : ApiTest(shared)
{
    private static readonly BigInteger Funded = 10_000 * BigInteger.Pow(10, 18);

    [Fact]
    public async Task Settled_TheTransactionIsExactlyTheIntent()
    {
        var id = await System.SettledAsync(amount: 123_456_789_012_345_678);
        var file = await FileAsync(id);
        var intent = file.Intent()!;
        var sent = Assert.Single(await System.SentByVaultAsync(), t => t.Hash == file.State.TransactionId);

        Assert.Equal(intent.Destination, sent.To, ignoreCase: true);
        Assert.Equal(intent.Amount, sent.Value);
        Assert.Equal(123_456_789_012_345_678, sent.Value);
        Assert.Equal(31337UL, sent.ChainId);
        Assert.Equal("0x", sent.Input);
        Assert.Equal("0x2", sent.Type);
        Assert.Equal(21_000UL, sent.Gas);
        Assert.InRange(sent.MaxFeePerGas, BigInteger.One, intent.Fee.MaxRate);
        Assert.True(sent.MaxFeePerGas * sent.Gas <= intent.Fee.MaxTotal);
        Assert.Equal(file.State.Nonce, sent.Nonce);
        Assert.Equal((file.State.BlockNumber, "0x1"), (sent.Block, await ReceiptStatusAsync(sent.Hash)));
    }

    [Fact]
    public async Task Settled_NothingElseLeftTheVault()
    {
        await System.SettledAsync();
        var block = await System.Chain.CallAsync("eth_getBlockByNumber", "latest", false);
        var (number, head) = (block.GetProperty("number").GetString()!, Number(block.GetProperty("number").GetString()!));
        var spent = BigInteger.Zero;
        foreach (var sent in (await System.SentByVaultAsync()).Where(t => t.Block <= head))
        {
            var receipt = await System.Chain.CallAsync("eth_getTransactionReceipt", sent.Hash);
            spent += sent.Value + (Number(receipt.GetProperty("gasUsed").GetString()!) * Number(receipt.GetProperty("effectiveGasPrice").GetString()!));
        }

        var balance = await System.Chain.CallAsync("eth_getBalance", System.VaultAddress, number);
        Assert.Equal(Funded - spent, Number(balance.GetString()!));
    }

    private async Task<string?> ReceiptStatusAsync(string hash) =>
        (await System.Chain.CallAsync("eth_getTransactionReceipt", hash)).GetProperty("status").GetString();

    private static BigInteger Number(string hex) => BigInteger.Parse("0" + hex[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
