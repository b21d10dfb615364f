using Custody.Chains.Evm;
using Custody.Core.Assets;
using Custody.Core.Intents;
using Custody.TestKeys;

namespace Custody.Chains.Tests.Evm;

public sealed class TokenEffectsTests
{
    private const string TxId = "0x01";
    private static readonly EvmAddress Token = EvmAddress.Parse("0x5FbDB2315678afecb367f032d93F642f64180aa3");
    private static readonly EvmAddress Vault = TestKey.Funded.Address;
    private static readonly EvmAddress Customer = TestKey.Eip155.Address;
    private static readonly BlockPoint Block = new(5, "0xb5");
    private static readonly WithdrawalIntent Intent = SampleIntent.Create(Customer.ToString(), 25_000_000) with { Asset = AssetId.Parse($"eip155:31337/erc20:{Token}") };
    private static readonly EvmTransaction Mined = new(TxId, Vault, Token, 0, 0, 68, 31337);
    private static readonly EvmLog Paid = Transfer(Vault, Customer, 25_000_000);
    private static readonly EvmReceipt Receipt = new(TxId, Block, true, 30_000, 60_000_000_000, [Paid]);
    private static readonly EvmHeader Canonical = new(5, "0xb5", "0xb4", DateTimeOffset.UnixEpoch, 7);

    [Fact]
    public void Check_ExactlyTheIntent_Matches() => Assert.Equal(new EffectsResult.Matches(Receipt), Check(Mined, Receipt));

    [Fact]
    public void Check_LogsThatAreNoTransferOfTheToken_DoNotCount()
    {
        var others = Receipt with
        {
            Logs = [Paid with { Address = Customer }, Paid with { Topics = [$"0x{new string('1', 64)}", .. Paid.Topics.Skip(1)] }, Paid, Paid with { Topics = [] }],
        };
        Assert.IsType<EffectsResult.Matches>(Check(Mined, others));
    }

    public static TheoryData<string, EvmTransaction, EvmReceipt> Wrong() => new()
    {
        { "to", Mined with { To = Customer }, Receipt },
        { "to", Mined with { To = null }, Receipt },
        { "value", Mined with { Value = 1 }, Receipt },
        { "input", Mined with { InputLength = 0 }, Receipt },
        { "input", Mined with { InputLength = 100 }, Receipt },
        { "from", Mined with { From = Customer }, Receipt },
        { "fee", Mined, Receipt with { EffectiveGasPrice = 66_666_666_667 } },

        // A token that returned false, or took a fee of its own, or moved something else.
        { "transfers", Mined, Receipt with { Logs = [] } },
        { "transfers", Mined, Receipt with { Logs = [Transfer(Vault, Customer, 24_000_000), Transfer(Vault, Token, 1_000_000)] } },
        { "transfers", Mined, Receipt with { Logs = [Paid, Paid] } },
        { "transfer value", Mined, Receipt with { Logs = [Transfer(Vault, Customer, 24_999_999)] } },
        { "transfer to", Mined, Receipt with { Logs = [Transfer(Vault, Token, 25_000_000)] } },
        { "transfer from", Mined, Receipt with { Logs = [Transfer(Token, Customer, 25_000_000)] } },
        { "transfers", Mined, Receipt with { Logs = [Paid with { Address = Customer }] } },

        // The same event in a form that nobody can read as a payment: without an index, or with dirty bytes.
        { "transfer from", Mined, Receipt with { Logs = [Paid with { Topics = [TransferLog.Topic, Paid.Topics[1]] }] } },
        { "transfer from", Mined, Receipt with { Logs = [Paid with { Topics = [TransferLog.Topic, $"0x1{Paid.Topics[1][3..]}", Paid.Topics[2]] }] } },
        { "transfer from", Mined, Receipt with { Logs = [Paid with { Data = "0x" }] } },
        { "transfer from", Mined, Receipt with { Logs = [Paid with { Data = $"{Paid.Data}00" }] } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Check_AnotherEffect_DiffersByName(string field, EvmTransaction transaction, EvmReceipt receipt) =>
        Assert.Equal(field, Assert.IsType<EffectsResult.Differs>(Check(transaction, receipt)).Field);

    [Fact]
    public void Check_Reverted_IsRevertedWithoutLogs()
    {
        var reverted = Receipt with { Succeeded = false, Logs = [] };
        Assert.Equal(new EffectsResult.Reverted(reverted), Check(Mined, reverted));
    }

    [Fact]
    public void Check_NodeThatLeavesTheLogsOut_IsUnknown() => Assert.IsType<EffectsResult.Unknown>(Check(Mined, Receipt with { Logs = null }));

    private static EvmLog Transfer(EvmAddress from, EvmAddress to, int value) => new(Token, [TransferLog.Topic, Topic(from), Topic(to)], $"0x{value:x64}");

    private static string Topic(EvmAddress address) => $"0x{new string('0', 24)}{Convert.ToHexStringLower(address.Bytes)}";

    private static EffectsResult Check(EvmTransaction transaction, EvmReceipt receipt) =>
        EffectsCheck.Check(Intent, Vault, TxId, new LocatedTransaction(transaction, Block), receipt, Canonical);
}
