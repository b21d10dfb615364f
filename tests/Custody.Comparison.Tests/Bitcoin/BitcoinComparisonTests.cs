using System.Security.Cryptography;
using Custody.Comparison.Bitcoin;
using Custody.Core.Assets;
using Custody.Core.Intents;
using Custody.TestKeys;

namespace Custody.Comparison.Tests.Bitcoin;

public sealed class BitcoinComparisonTests
{
    private static readonly SpendDraft Draft = new();
    private static readonly byte[] Attacker = RegisteredKey.Of(TestKey.Eip155.PublicKey)!.Script.ToArray();

    [Fact]
    public void Compare_WhatWasApproved_Matches()
    {
        var match = Assert.IsType<ComparisonResult.Match>(SampleSpend.Comparison.Compare(SampleSpend.Input(Draft)));

        Assert.All(match.Verdicts, v => Assert.True(v.Matches));
        Assert.Equal(SampleSpend.Intent().Digest(), match.Digests.Intent);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Draft.Signed())), match.Digests.Signed);
        Assert.Equal(Convert.ToHexStringLower([.. SHA256.HashData(SHA256.HashData(Draft.Unsigned())).Reverse()]), match.TxId);
    }

    [Fact]
    public void Compare_ExactSpendWithoutChange_Matches()
    {
        var input = SampleSpend.Input(Draft with { Outputs = [(159_000, SpendDraft.RecipientScript)] });

        Assert.IsType<ComparisonResult.Match>(SampleSpend.Comparison.Compare(With(input, intent: SampleSpend.Intent(amount: 159_000))));
    }

    public static TheoryData<string, string> Lies => new()
    {
        { "payments", "destination" },
        { "payments", "amount" },
        { "payments", "extra output" },
        { "payments", "change to somebody else" },
        { "payments", "data" },
        { "payments", "no payment" },
        { "change", "two changes" },
        { "change", "dust" },
        { "maxTotalFee", "change into the fee" },
        { "maxFeeRate", "change into the fee" },
        { "maxTotalFee", "more out than in" },
        { "inputs", "an input less" },
        { "inputs", "a foreign input" },
        { "inputs", "another output of ours" },
        { "sequence", "final" },
        { "lockTime", "another lock time" },
    };

    // Builder and signer lie together: bytes and signatures are in order, and not what was approved.
    [Theory]
    [MemberData(nameof(Lies))]
    public void Compare_BuilderAndSignerLieTogether_NamesTheField(string field, string lie)
    {
        var (payment, change) = ((SpendDraft.Payment, SpendDraft.RecipientScript), (8_000L, SpendDraft.Own));
        var foreign = new PreviousDraft([70_000], SpendDraft.Own, Number: 9);
        var draft = lie switch
        {
            "destination" => Draft with { Outputs = [(SpendDraft.Payment, Attacker), change] },
            "amount" => Draft with { Outputs = [(SpendDraft.Payment + 1, SpendDraft.RecipientScript), (7_999, SpendDraft.Own)] },
            "extra output" => Draft with { Outputs = [payment, (1_000, Attacker), (7_000, SpendDraft.Own)] },
            "change to somebody else" => Draft with { Outputs = [payment, (8_000, Attacker)] },
            "data" => Draft with { Outputs = [payment, change, (0, [0x6a, 1, 1])] },
            "no payment" => Draft with { Outputs = [(158_000, SpendDraft.Own)] },
            "two changes" => Draft with { Outputs = [payment, (4_000, SpendDraft.Own), (4_000, SpendDraft.Own)] },
            "dust" => Draft with { Outputs = [payment, (293, SpendDraft.Own)] },
            "change into the fee" => Draft with { Outputs = [payment] },
            "more out than in" => Draft with { Outputs = [payment, (10_001, SpendDraft.Own)] },
            "an input less" => Draft with { Inputs = [(SpendDraft.First.Hash, 1, 100_000)], Outputs = [(99_000, SpendDraft.RecipientScript)] },
            "a foreign input" => Draft with { Inputs = [.. Draft.Inputs, (foreign.Hash, 0, 70_000)], Outputs = [payment, (78_000, SpendDraft.Own)] },
            "another output of ours" => Draft with { Inputs = [(SpendDraft.First.Hash, 0, 1), Draft.Inputs[1]] },
            "final" => Draft with { Sequence = uint.MaxValue },
            _ => Draft with { LockTime = 0 },
        };
        AssertMismatch(field, SampleSpend.Input(draft));
    }

    [Fact]
    public void Compare_SignerSignedOtherBytesThanTheGates_NamesUnsignedBytes()
    {
        // A little more change is within every cap, but it is not what the gate decoded and journalled.
        var other = Draft with { Outputs = [(SpendDraft.Payment, SpendDraft.RecipientScript), (8_001, SpendDraft.Own)] };
        var input = SampleSpend.Input(Draft);

        Assert.Equal(["unsignedBytes"], AssertMismatch("unsignedBytes", With(input, signed: other.Signed())).Verdicts.Where(v => !v.Matches).Select(v => v.Field));
    }

    [Fact]
    public void Compare_AnotherKeysSignatures_NamesThem()
    {
        var stolen = Draft with { Signer = TestKey.Eip155 };

        AssertMismatch("signature 0", SampleSpend.Input(stolen));
        AssertMismatch("signature 1", SampleSpend.Input(stolen));
    }

    [Fact]
    public void Compare_SignatureOfAnotherInput_NamesBoth()
    {
        var swapped = Draft.SignedWith([Draft.Witness(1), Draft.Witness(0)]);

        AssertMismatch("signature 0", With(SampleSpend.Input(Draft), signed: swapped));
        AssertMismatch("signature 1", With(SampleSpend.Input(Draft), signed: swapped));
    }

    // The fee siphon: what the signer was told an input holds is not what it holds.
    [Fact]
    public void Compare_SignatureOverAWrongAmount_DoesNotVerify() => AssertMismatch("signature 0", SampleSpend.Input(Draft with { Believed = 50_000 }));

    [Fact]
    public void Compare_ReservationWithAWrongAmount_NamesTheCoin()
    {
        var coins = SampleSpend.Coins.ToArray();
        coins[0] = coins[0] with { Amount = 99_999 };

        AssertMismatch($"coin {coins[0].Outpoint}", With(SampleSpend.Input(Draft), coins: coins));
    }

    [Fact]
    public void Compare_PreviousTransactionThatIsAnother_ProvesNothing()
    {
        var coins = SampleSpend.Coins.ToArray();
        var richer = SpendDraft.First with { Amounts = [1, 900_000] };
        coins[0] = coins[0] with { Amount = 900_000, PreviousTransaction = richer.Bytes };

        var mismatch = AssertMismatch($"coin {coins[0].Outpoint}", With(SampleSpend.Input(Draft), coins: coins));
        Assert.Contains(mismatch.Verdicts, v => v.Actual == "not proved");
    }

    [Fact]
    public void Compare_CoinOfAnotherKey_NamesIt()
    {
        var foreign = new PreviousDraft([100_000], Attacker, Number: 4);
        var draft = Draft with { Inputs = [(foreign.Hash, 0, 100_000), Draft.Inputs[1]] };
        var coins = new ReservedCoin[] { new($"{foreign.Id}:0", 100_000, foreign.Bytes), SampleSpend.Coins[1] };

        AssertMismatch($"coin {foreign.Id}:0", With(SampleSpend.Input(draft), coins: coins));
    }

    [Theory]
    [InlineData(0x02)]
    [InlineData(0x03)]
    [InlineData(0x81)]
    [InlineData(0x00)]
    public void Compare_OtherHashType_DoesNotDecode(byte hashType)
    {
        var mismatch = AssertMismatch("decoding", SampleSpend.Input(Draft with { HashType = hashType }));

        Assert.Contains("hash type is not ALL", mismatch.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_999, 10, "maxTotalFee")]
    [InlineData(2_000, 9, "maxFeeRate")]
    [InlineData(50_000_000, 9, "maxFeeRate")]
    [InlineData(1_999, 50_000, "maxTotalFee")]
    public void Compare_FeeAboveAnyCap_NamesIt(int maxTotal, int maxRate, string field)
    {
        var input = SampleSpend.Input(Draft);

        AssertMismatch(field, With(input, intent: input.Intent with { Fee = new FeeEnvelope(maxTotal, maxRate) }));
    }

    [Fact]
    public void Compare_Batch_MatchesEachOfItsIntents()
    {
        var (first, second, draft) = Batch();
        var input = SampleSpend.Input(draft);

        Assert.Equal(first.Digest(), Assert.IsType<ComparisonResult.Match>(SampleSpend.Comparison.Compare(With(input, first, [second]))).Digests.Intent);
        Assert.Equal(second.Digest(), Assert.IsType<ComparisonResult.Match>(SampleSpend.Comparison.Compare(With(input, second, [first]))).Digests.Intent);
        AssertMismatch("payments", With(input, first));
        AssertMismatch("withdrawals", With(input, first, [second with { WithdrawalId = first.WithdrawalId }]));
        AssertMismatch("vault", With(input, first, [second with { VaultId = "another" }]));
        AssertMismatch("maxFeeRate", With(input, first, [second with { Fee = second.Fee with { MaxRate = 1 } }]));
    }

    [Fact]
    public void Compare_BatchWithAmountsExchanged_NamesPayments()
    {
        var (first, second, draft) = Batch();
        var swapped = draft with { Outputs = [(50_000, SpendDraft.RecipientScript), (100_000, Attacker), (8_000, SpendDraft.Own)] };

        AssertMismatch("payments", With(SampleSpend.Input(swapped), first, [second]));
    }

    [Theory]
    [InlineData("kind")]
    [InlineData("memo")]
    [InlineData("chain")]
    [InlineData("asset")]
    public void Compare_IntentOfAnotherSort_NamesIt(string field)
    {
        var input = SampleSpend.Input(Draft);
        var intent = field switch
        {
            "kind" => input.Intent with { Kind = IntentKind.Sweep },
            "memo" => input.Intent with { Memo = "42" },
            "chain" => input.Intent with { Asset = AssetId.Parse("bip122:000000000019d6689c085ae165831e93/slip44:0") },
            _ => input.Intent with { Asset = AssetId.Parse("bip122:0f9188f13cb7b2c71f2a335e3a4fc328/slip44:0") },
        };
        AssertMismatch(field, With(input, intent: intent));
    }

    // The same program on the main network is another address; a legacy one is both networks' here.
    [Theory]
    [InlineData("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4")]
    [InlineData("tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx")]
    [InlineData("no address")]
    public void Compare_DestinationOfAnotherNetwork_NamesPayments(string destination) =>
        AssertMismatch("payments", With(SampleSpend.Input(Draft), intent: SampleSpend.Intent(destination)));

    [Fact]
    public void Compare_UnregisteredChain_IsOneVerdict() => Assert.Single(
        Assert.IsType<ComparisonResult.Mismatch>(new BitcoinComparison(new Dictionary<ChainId, AssetId>()).Compare(SampleSpend.Input(Draft))).Verdicts);

    [Fact]
    public void Compare_UnsignedBytesAsSigned_NeverMatch() => AssertMismatch("decoding", With(SampleSpend.Input(Draft), signed: Draft.Unsigned()));

    [Theory]
    [InlineData("1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62i", "76a91465a16059864a2fdbc7c99a4723a8395bc6f188eb88ac")]
    [InlineData("3CMNFxN1oHBc4R1EpboAL5yzHGgE611Xou", "a91474f209f6ea907e2ea48f74fae05782ae8a66525787")]
    [InlineData("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "0014751e76e8199196d454941c45d1b3a323f1433bd6")]
    [InlineData("bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qccfmv3", "00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262")]
    [InlineData("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", "512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798")]
    public void Compare_EveryAddressType_IsPaidByItsPublishedScript(string address, string script)
    {
        var asset = AssetId.Parse("bip122:000000000019d6689c085ae165831e93/slip44:0");
        var draft = Draft with { Outputs = [(SpendDraft.Payment, Convert.FromHexString(script)), (8_000, SpendDraft.Own)] };
        var input = new BitcoinComparisonInput(
            SampleSpend.Intent(address) with { Asset = asset, Fee = new FeeEnvelope(2_000, 11) }, [], asset.Chain, draft.Unsigned(), draft.Signed(), SpendDraft.Key, SampleSpend.Coins, SpendDraft.Replaceable, 800_000);

        Assert.IsType<ComparisonResult.Match>(new BitcoinComparison(new Dictionary<ChainId, AssetId> { [asset.Chain] = asset }).Compare(input));
    }

    private static (WithdrawalIntent First, WithdrawalIntent Second, SpendDraft Draft) Batch()
    {
        var draft = Draft with { Outputs = [(100_000, SpendDraft.RecipientScript), (50_000, Attacker), (8_000, SpendDraft.Own)] };
        var other = BitcoinAddress.Of(BitcoinAddressKind.WitnessPublicKeyHash, Attacker.AsSpan(2), BitcoinNetwork.Regtest).Text;
        return (SampleSpend.Intent(amount: 100_000), SampleSpend.Intent(other, 50_000, "wd-0002"), draft);
    }

    private static BitcoinComparisonInput With(
        BitcoinComparisonInput input, WithdrawalIntent? intent = null, WithdrawalIntent[]? others = null, byte[]? signed = null, ReservedCoin[]? coins = null) =>
        new(intent ?? input.Intent, others ?? [], input.Chain, input.Unsigned, signed ?? input.Signed, input.Key, coins ?? input.Coins, input.Sequence, input.LockTime);

    private static ComparisonResult.Mismatch AssertMismatch(string field, BitcoinComparisonInput input)
    {
        var mismatch = Assert.IsType<ComparisonResult.Mismatch>(SampleSpend.Comparison.Compare(input));
        Assert.Contains(mismatch.Verdicts, v => v.Field == field && !v.Matches);
        return mismatch;
    }
}
