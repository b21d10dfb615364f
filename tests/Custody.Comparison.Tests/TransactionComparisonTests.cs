using System.Numerics;
using System.Security.Cryptography;
using Custody.Comparison.Tests.Evm;
using Custody.Core.Assets;
using Custody.Core.Intents;
using Custody.Core.Transactions;
using Custody.TestKeys;

namespace Custody.Comparison.Tests;

public sealed class TransactionComparisonTests
{
    private static readonly TransferDraft Draft = new();
    private static readonly TestKey Vault = TestKey.Funded;

    [Fact]
    public void Compare_WhatWasApproved_Matches()
    {
        var match = Assert.IsType<ComparisonResult.Match>(Compare(Input()));
        Assert.All(match.Verdicts, v => Assert.True(v.Matches));
        Assert.Equal(Input().Intent.Digest(), match.Digests.Intent);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Draft.Bytes())), match.Digests.Unsigned);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Draft.Signed(Vault))), match.Digests.Signed);
        Assert.Equal($"0x{Convert.ToHexStringLower(Custody.Core.Encoding.Keccak256.Hash(Draft.Signed(Vault)))}", match.TxId);
    }

    [Theory]
    [InlineData("destination")]
    [InlineData("amount")]
    [InlineData("nonce")]
    [InlineData("chain")]
    [InlineData("maxTotalFee")]
    public void Compare_BuilderAndSignerLieTogether_NamesTheField(string field)
    {
        var lie = field switch
        {
            "destination" => Draft with { To = Rlp.Text(Vault.Address.Bytes.ToArray()) },
            "amount" => Draft with { Value = Rlp.Number(BigInteger.Pow(10, 18) + 1) },
            "nonce" => Draft with { Nonce = Rlp.Number(8) },
            "chain" => Draft with { ChainId = Rlp.Number(11155111) },
            _ => Draft with { MaxFee = Rlp.Number(95_238_095_239) },
        };
        AssertMismatch(field, Input() with { Unsigned = lie.Bytes(), Signed = lie.Signed(Vault) });
    }

    [Fact]
    public void Compare_RateAboveTheCap_NamesIt()
    {
        var intent = Input().Intent with { Fee = new FeeEnvelope(BigInteger.Pow(10, 18), 29_999_999_999) };
        AssertMismatch("maxFeeRate", Input() with { Intent = intent });
    }

    [Fact]
    public void Compare_SignerSignedOtherBytesThanTheGates_NamesUnsignedBytes()
    {
        // A higher tip is within the envelope, but it is not what the gate decoded and journalled.
        var other = Draft with { Priority = Rlp.Number(2_000_000_000) };
        AssertMismatch("unsignedBytes", Input() with { Signed = other.Signed(Vault) });
    }

    [Fact]
    public void Compare_AnotherKeysSignature_NamesSignerAndAccount()
    {
        var mismatch = AssertMismatch("signer", Input() with { Signed = Draft.Signed(TestKey.Eip155) });
        Assert.Contains(mismatch.Verdicts, v => v is { Field: "from", Matches: false });
    }

    [Fact]
    public void Compare_AddressThatIsNotTheKeys_NamesFrom() =>
        AssertMismatch("from", Input() with { VaultAddress = TestKey.Eip155.Address.ToString() });

    [Fact]
    public void Compare_UnregisteredChain_NamesIt()
    {
        var other = Draft with { ChainId = Rlp.Number(1) };
        AssertMismatch("decoding", Input() with { Unsigned = other.Bytes(), Signed = other.Signed(Vault) });
    }

    [Fact]
    public void Compare_MemoThatTheChainCannotCarry_NamesIt() =>
        AssertMismatch("memo", Input() with { Intent = Input().Intent with { Memo = "42" } });

    [Theory]
    [InlineData(IntentKind.Unknown)]
    [InlineData(IntentKind.Sweep)]
    [InlineData(IntentKind.GapFill)]
    public void Compare_AnotherKind_NamesIt(IntentKind kind) =>
        AssertMismatch("kind", Input() with { Intent = Input().Intent with { Kind = kind } });

    [Fact]
    public void Compare_AFeeBump_MatchesThePaymentWithinItsOwnEnvelope()
    {
        var bump = Input().Intent with { Kind = IntentKind.FeeBump };

        Assert.IsType<ComparisonResult.Match>(Compare(Input() with { Intent = bump }));
        AssertMismatch("maxFeeRate", Input() with { Intent = bump with { Fee = bump.Fee with { MaxRate = 1 } } });
        AssertMismatch("amount", Input() with { Intent = bump with { Amount = bump.Amount + 1 } });
        AssertMismatch("destination", Input() with { Intent = bump with { Destination = Vault.Address.ToString() } });
    }

    [Theory]
    [InlineData(IntentKind.GapFill)]
    [InlineData(IntentKind.Cancel)]
    public void Compare_WhatMovesNothing_MatchesOnlyATransferOfNothingToItself(IntentKind kind)
    {
        var own = Draft with { To = Rlp.Text(Vault.Address.Bytes.ToArray()), Value = Rlp.Number(0) };
        var fill = Input().Intent with { Kind = kind, Amount = BigInteger.Zero, Destination = Vault.Address.ToString() };
        var input = Input() with { Intent = fill, Unsigned = own.Bytes(), Signed = own.Signed(Vault) };

        Assert.IsType<ComparisonResult.Match>(Compare(input));

        // Whatever intent and bytes agree on: a fill goes to the account itself and moves nothing.
        var other = Draft with { Value = Rlp.Number(0) };
        AssertMismatch("selfTransfer", input with { Intent = fill with { Destination = Input().Intent.Destination }, Unsigned = other.Bytes(), Signed = other.Signed(Vault) });
        var one = own with { Value = Rlp.Number(1) };
        AssertMismatch("kind", input with { Intent = fill with { Amount = 1 }, Unsigned = one.Bytes(), Signed = one.Signed(Vault) });
        AssertMismatch("amount", input with { Unsigned = one.Bytes(), Signed = one.Signed(Vault) });
        AssertMismatch("destination", input with { Unsigned = other.Bytes(), Signed = other.Signed(Vault) });
    }

    [Fact]
    public void Compare_GasFunding_MatchesOnlyATransferToTheFundedVaultsOwnAccount()
    {
        var funded = TestKey.Eip155;
        var own = Draft with { To = Rlp.Text(funded.Address.Bytes.ToArray()) };
        var intent = Input().Intent with { Kind = IntentKind.GasFunding, Destination = funded.Address.ToString() };
        var input = Input() with { Intent = intent, Unsigned = own.Bytes(), Signed = own.Signed(Vault), FundedPublicKey = funded.PublicKey };

        Assert.IsType<ComparisonResult.Match>(Compare(input));

        // Whatever intent and bytes agree on: it goes to the account of the registered key, and moves something.
        AssertMismatch("fundedVault", Input() with { Intent = Input().Intent with { Kind = IntentKind.GasFunding }, FundedPublicKey = funded.PublicKey });
        AssertMismatch("kind", input with { FundedPublicKey = default });
        var none = own with { Value = Rlp.Number(0) };
        AssertMismatch("kind", input with { Intent = intent with { Amount = 0 }, Unsigned = none.Bytes(), Signed = none.Signed(Vault) });
        AssertMismatch("destination", input with { Unsigned = Draft.Bytes(), Signed = Draft.Signed(Vault) });
    }

    [Fact]
    public void Compare_Garbage_IsOneVerdict()
    {
        var mismatch = AssertMismatch("decoding", Input() with { Signed = new byte[] { 2, 0xc0 } });
        Assert.Single(mismatch.Verdicts);
    }

    [Fact]
    public void Compare_UnsignedBytesAsSigned_NeverMatch() => AssertMismatch("decoding", Input() with { Signed = Draft.Bytes() });

    [Fact]
    public void Compare_NothingRegistered_NeverMatches() =>
        Assert.IsType<ComparisonResult.Mismatch>(new TransactionComparison(new Dictionary<ChainId, AssetId>()).Compare(Input()));

    internal static ComparisonInput Input() => new(
        SampleIntent.Create(TransferDraft.RecipientText, BigInteger.Pow(10, 18)),
        Draft.Bytes(),
        Draft.Signed(Vault),
        Vault.PublicKey,
        Vault.Address.ToString(),
        7);

    internal static ComparisonResult Compare(ComparisonInput input) => new TransactionComparison(new Dictionary<ChainId, AssetId>
    {
        [SampleIntent.LocalEther.Chain] = SampleIntent.LocalEther,
        [ChainId.Parse("eip155:11155111")] = AssetId.Parse("eip155:11155111/slip44:1"),
    }).Compare(input);

    private static ComparisonResult.Mismatch AssertMismatch(string field, ComparisonInput input)
    {
        var mismatch = Assert.IsType<ComparisonResult.Mismatch>(Compare(input));
        Assert.Contains(mismatch.Verdicts, v => v.Field == field && !v.Matches);
        return mismatch;
    }
}
