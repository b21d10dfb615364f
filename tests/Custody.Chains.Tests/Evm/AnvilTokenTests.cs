using System.Numerics;
using Custody.Chains.Evm;
using Custody.Core.Assets;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Results;
using Custody.Testing;
using Custody.TestKeys;

namespace Custody.Chains.Tests.Evm;

/// <summary>Real contracts on a real node that mines only when it is told to.</summary>
public sealed class AnvilTokenTests : IAsyncLifetime
{
    private static readonly TestKey Vault = TestKey.Funded;
    private static readonly EvmAddress Customer = EvmAddress.Parse("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
    private static readonly BigInteger Supply = 1_000_000_000;
    private static readonly BigInteger Amount = 25_000_000;
    private readonly HttpClient _http = new();
    private AnvilNode _anvil = null!;
    private EvmNode _node = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _anvil = await AnvilNode.StartAsync(blockSeconds: null, more: ["--no-mining"]);
        _node = new EvmNode(_http, new EvmNodeOptions(_anvil.Url, TimeSpan.FromSeconds(30)), TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await _anvil.DisposeAsync();
        _http.Dispose();
    }

    [Theory]
    [InlineData("openZeppelin")]
    [InlineData("noReturn")]
    public async Task Transfer_CheckedPlannedSignedAndMined_HasExactlyItsEffects(string kind)
    {
        var (token, registration) = await DeployAsync(kind);
        Assert.True((await CheckAsync(registration)).IsAllowed);

        var (intent, signed) = await PayAsync(registration);
        var matches = Assert.IsType<EffectsResult.Matches>(await EffectsAsync(intent, signed.TxId));
        Assert.True(matches.Receipt.GasUsed < (ulong)registration.Token!.GasCeiling);
        Assert.Equal((Amount, Supply - Amount), (await token.BalanceAsync(_anvil, Customer.ToString()), await token.BalanceAsync(_anvil, Vault.Address.ToString())));
        Assert.Equal("transfer value", Assert.IsType<EffectsResult.Differs>(await EffectsAsync(intent with { Amount = Amount + 1 }, signed.TxId)).Field);
    }

    [Fact]
    public async Task Transfer_OfATokenThatKeepsAFee_DiffersAfterItWasMined()
    {
        var (token, registration) = await DeployAsync("keepsFee");
        var (intent, signed) = await PayAsync(registration);
        Assert.Equal("transfers", Assert.IsType<EffectsResult.Differs>(await EffectsAsync(intent, signed.TxId)).Field);
        Assert.Equal(Amount * 99 / 100, await token.BalanceAsync(_anvil, Customer.ToString()));
    }

    [Fact]
    public async Task Check_DecimalsOrCodeThatDiffer_IsAMismatch()
    {
        var (_, registration) = await DeployAsync("openZeppelin");
        var (_, other) = await DeployAsync("noReturn");
        Assert.Equal(RefusalCode.TokenMismatch, (await CheckAsync(registration with { Decimals = 6 })).Code);
        Assert.Equal(RefusalCode.TokenMismatch, (await CheckAsync(registration with { Token = other.Token })).Code);
        Assert.Equal(RefusalCode.TokenMismatch, (await CheckAsync(registration with { Id = AssetId.Parse($"eip155:31337/erc20:{Customer}") })).Code);
    }

    [Fact]
    public async Task Estimate_MoreThanTheVaultHolds_WouldRevert()
    {
        var (_, registration) = await DeployAsync("openZeppelin");
        var estimate = await _node.EstimateGasAsync(Vault.Address, registration.Contract()!.Value, Erc20Call.Transfer(Customer, Supply + 1), Cancellation);
        Assert.Equal(RefusalCode.TransferWouldRevert, TokenGas.Plan(registration.Token!, estimate).Verdict.Code);
    }

    [Fact]
    public async Task Transfer_ThatReverts_IsRevertedAndPaysNobody()
    {
        var (token, registration) = await DeployAsync("openZeppelin");
        var intent = Intent(registration) with { Amount = Supply + 1 };
        var signed = await SendAsync(intent, registration, 60_000);
        Assert.IsType<EffectsResult.Reverted>(await EffectsAsync(intent, signed.TxId));
        Assert.Equal(BigInteger.Zero, await token.BalanceAsync(_anvil, Customer.ToString()));
    }

    private async Task<(TestToken Token, AssetRegistration Registration)> DeployAsync(string kind)
    {
        var token = await TestToken.DeployAsync(_anvil, kind, Supply, Vault.Address.ToString());
        var contract = EvmAddress.Parse(token.Contract);
        var hash = $"0x{Convert.ToHexStringLower(Keccak256.Hash(await token.CodeAsync(_anvil)))}";
        return (token, new AssetRegistration(AssetId.Parse($"eip155:31337/erc20:{contract}"), "TEST", TestToken.Kinds[kind], new TokenTerms(hash, 100_000)));
    }

    private async Task<Verdict> CheckAsync(AssetRegistration registration)
    {
        var contract = registration.Contract()!.Value;
        var code = await _node.CodeAsync(contract, BlockReference.Latest, Cancellation);
        var decimals = await _node.CallAsync(contract, Erc20Call.Decimals(), BlockReference.Latest, Cancellation);
        return TokenRule.Check(registration, code, decimals);
    }

    private async Task<(WithdrawalIntent Intent, SignedTransaction Signed)> PayAsync(AssetRegistration registration)
    {
        var intent = Intent(registration);
        var call = Erc20Call.Transfer(Customer, intent.Amount);
        var (verdict, gas) = TokenGas.Plan(registration.Token!, await _node.EstimateGasAsync(Vault.Address, registration.Contract()!.Value, call, Cancellation));
        Assert.True(verdict.IsAllowed, verdict.Detail);
        return (intent, await SendAsync(intent, registration, gas));
    }

    private async Task<SignedTransaction> SendAsync(WithdrawalIntent intent, AssetRegistration registration, ulong gas)
    {
        var fees = Assert.IsType<FeePlan.Planned>(FeePlanner.Plan(await _node.FeeMarketAsync(Cancellation), intent.Fee, gas));
        var nonce = await _node.TransactionCountAsync(Vault.Address, BlockReference.Pending, Cancellation);
        var transfer = new EvmTokenTransfer(
            31337, nonce, fees.MaxPriorityFeePerGas, fees.MaxFeePerGas, gas, registration.Contract()!.Value, EvmAddress.Parse(intent.Destination), intent.Amount);
        Assert.True(transfer.MaxTotalFee <= intent.Fee.MaxTotal);
        var signed = TransactionBuildTests.Sign(UnsignedTransaction.Encode(transfer), Vault);
        Assert.Equal(BroadcastVerdict.Accepted, (await _node.SendAsync(signed.Bytes, signed.TxId, Cancellation)).Verdict);
        await _anvil.MineAsync();
        return signed;
    }

    private async Task<EffectsResult> EffectsAsync(WithdrawalIntent intent, string txId)
    {
        var transaction = await _node.TransactionAsync(txId, Cancellation);
        var receipt = await _node.ReceiptAsync(txId, Cancellation);
        var header = receipt is null ? null : await _node.HeaderAsync(BlockReference.At(receipt.Block.Number), Cancellation);
        return EffectsCheck.Check(intent, Vault.Address, txId, transaction, receipt, header);
    }

    private static WithdrawalIntent Intent(AssetRegistration registration) => SampleIntent.Create(Customer.ToString(), Amount) with { Asset = registration.Id };
}
