using System.Numerics;
using Custody.Comparison.Tests.Evm;
using Custody.Core.Assets;
using Custody.Core.Transactions;
using Custody.TestKeys;

namespace Custody.Comparison.Tests;

public sealed class TokenComparisonTests
{
    private static readonly TransferDraft Draft = TokenDraft.Of(TokenDraft.Call());
    private static readonly TestKey Vault = TestKey.Funded;

    [Fact]
    public void Compare_WhatWasApproved_Matches()
    {
        var match = Assert.IsType<ComparisonResult.Match>(Compare(Input()));
        Assert.All(match.Verdicts, v => Assert.True(v.Matches));
        Assert.Contains(new FieldVerdict("calldata", true, "transfer(address,uint256)", "transfer(address,uint256)"), match.Verdicts);
        Assert.Contains(new FieldVerdict("gasLimit", true, "at most 100000", "60000"), match.Verdicts);
    }

    [Theory]
    [InlineData("destination")]
    [InlineData("amount")]
    [InlineData("nonce")]
    [InlineData("maxTotalFee")]
    public void Compare_BuilderAndSignerLieTogether_NamesTheField(string field)
    {
        var lie = field switch
        {
            "destination" => TokenDraft.Of(TokenDraft.Call(recipient: Vault.Address.Bytes.ToArray())),
            "amount" => TokenDraft.Of(TokenDraft.Call(amount: TokenDraft.Amount + 1)),
            "nonce" => Draft with { Nonce = Rlp.Number(8) },
            _ => Draft with { MaxFee = Rlp.Number(33_333_333_334) },
        };
        AssertMismatch(field, Lied(lie));
    }

    public static TheoryData<string> OtherTransactions() => ["another contract", "more gas", "another call", "dirty address", "value beside it", "chain"];

    [Theory]
    [MemberData(nameof(OtherTransactions))]
    public void Compare_AnotherTransaction_DoesNotEvenDecode(string lie) => AssertMismatch("decoding", Lied(lie switch
    {
        "another contract" => Draft with { To = Rlp.Text(TransferDraft.Recipient) },
        "more gas" => Draft with { Gas = Rlp.Number(100_001) },
        "another call" => TokenDraft.Of(TokenDraft.Call(selector: [0x09, 0x5e, 0xa7, 0xb3])),
        "dirty address" => TokenDraft.Of(TokenDraft.Call(padding: [.. new byte[11], 1])),
        "value beside it" => Draft with { Value = Rlp.Number(1) },
        _ => Draft with { ChainId = Rlp.Number(1) },
    }));

    [Fact]
    public void Compare_CoinInsteadOfTheToken_NamesAssetAndCalldata()
    {
        var coin = new TransferDraft() with { Value = Rlp.Number(TokenDraft.Amount) };
        var mismatch = AssertMismatch("asset", Lied(coin));
        Assert.Contains(mismatch.Verdicts, v => v is { Field: "calldata", Matches: false });
    }

    [Fact]
    public void Compare_TokenInsteadOfTheCoin_NamesAssetCalldataAndGas()
    {
        var input = Input();
        var mismatch = AssertMismatch("asset", input with { Intent = input.Intent with { Asset = SampleIntent.LocalEther } });
        Assert.Contains(mismatch.Verdicts, v => v is { Field: "calldata", Matches: false });
        Assert.Contains(mismatch.Verdicts, v => v is { Field: "gasLimit", Matches: false });
    }

    [Fact]
    public void Compare_NoTokenRegistered_NeverMatches() => Assert.IsType<ComparisonResult.Mismatch>(
        new TransactionComparison(new Dictionary<ChainId, AssetId> { [SampleIntent.LocalEther.Chain] = SampleIntent.LocalEther }).Compare(Input()));

    [Fact]
    public void Compare_LegacyTransaction_DoesNotEvenDecode()
    {
        var legacy = new LegacyDraft();
        AssertMismatch("decoding", Input() with { Unsigned = legacy.Bytes(), Signed = legacy.Signed(Vault) });
    }

    internal static ComparisonInput Input() => new(
        SampleIntent.Create(TransferDraft.RecipientText, TokenDraft.Amount) with { Asset = TokenDraft.Asset },
        Draft.Bytes(),
        Draft.Signed(Vault),
        Vault.PublicKey,
        Vault.Address.ToString(),
        7);

    internal static ComparisonResult Compare(ComparisonInput input) => new TransactionComparison(
        new Dictionary<ChainId, AssetId> { [SampleIntent.LocalEther.Chain] = SampleIntent.LocalEther }, TokenDraft.Gas).Compare(input);

    private static ComparisonInput Lied(TransferDraft lie) => Input() with { Unsigned = lie.Bytes(), Signed = lie.Signed(Vault) };

    private static ComparisonResult.Mismatch AssertMismatch(string field, ComparisonInput input)
    {
        var mismatch = Assert.IsType<ComparisonResult.Mismatch>(Compare(input));
        Assert.Contains(mismatch.Verdicts, v => v.Field == field && !v.Matches);
        return mismatch;
    }
}
