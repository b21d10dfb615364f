using Custody.Chains.Bitcoin;
using Custody.TestKeys;

namespace Custody.Chains.Tests.Bitcoin;

public sealed class PsbtTests
{
    [Theory]
    [InlineData(Psbt.Version0)]
    [InlineData(Psbt.Version2)]
    public void FinalizeKeyHash_SignedInputs_ExtractToTheSignedTransaction(int version)
    {
        var psbt = SamplePsbt.Of(new Random(1), version);
        var unsigned = psbt.Transaction()!;
        var sighash = new WitnessSighash(unsigned);
        var signatures = new List<ReadOnlyMemory<byte>>();
        for (var i = 0; i < psbt.Inputs.Count; i++)
        {
            Assert.Null(PsbtSpending.Problem(psbt, i));
            Assert.Null(PsbtFinalizer.FinalizeKeyHash(psbt, i));
            var (r, s, _) = TestKey.Eip155.Sign(sighash.OfKeyHash(i, psbt.SpentOutput(i)!));
            signatures.Add((byte[])[.. r, .. s]);
            var der = DerSignature.Encode(EcdsaSignature.FromCompact(signatures[i].Span), SighashType.All);
            psbt = psbt.WithInput(i, psbt.Inputs[i].With(new PsbtField(PsbtInput.PartialSignature, SamplePsbt.Key, der)));
            psbt = Read(psbt.Serialize());
            psbt = PsbtFinalizer.FinalizeKeyHash(psbt, i)!;
        }

        var extracted = PsbtFinalizer.Extract(Read(psbt.Serialize()))!;

        Assert.Equal(SpendPlan.Sign(unsigned, signatures, SamplePsbt.Key).Serialize(), extracted.Serialize());
        Assert.Equal(unsigned.Id, extracted.Id);
        Assert.NotEmpty(psbt.Inputs[1].All(0x7f));
    }

    [Theory]
    [InlineData(SighashType.None)]
    [InlineData(SighashType.Single)]
    [InlineData(SighashType.All | SighashType.AnyoneCanPay)]
    public void FinalizeKeyHash_OtherHashType_IsRefused(uint hashType)
    {
        var psbt = SamplePsbt.Of(new Random(1), Psbt.Version0);
        var der = DerSignature.Encode(new EcdsaSignature(1, 1), hashType);

        Assert.Null(PsbtFinalizer.FinalizeKeyHash(psbt.WithInput(0, psbt.Inputs[0].With(new PsbtField(PsbtInput.PartialSignature, SamplePsbt.Key, der))), 0));
    }

    [Fact]
    public void FinalizeKeyHash_AnotherKeysSignature_IsRefused()
    {
        var psbt = SamplePsbt.Of(new Random(1), Psbt.Version0);
        var field = new PsbtField(PsbtInput.PartialSignature, SamplePsbt.Compressed(TestKey.Funded), DerSignature.Encode(new EcdsaSignature(1, 1), SighashType.All));

        Assert.Null(PsbtFinalizer.FinalizeKeyHash(psbt.WithInput(0, psbt.Inputs[0].With(field)), 0));
    }

    [Fact]
    public void Problem_ClaimedAmountThatIsNotThePreviousTransactions_IsNamed()
    {
        var psbt = SamplePsbt.Of(new Random(1), Psbt.Version0);
        var lie = psbt.SpentOutput(0)! with { Amount = 1 };
        var lying = psbt.WithInput(0, psbt.Inputs[0].With(new PsbtField(PsbtInput.WitnessUtxo, SamplePsbt.OutputBytes(lie))));

        Assert.Contains("previous transaction", PsbtSpending.Problem(lying, 0), StringComparison.Ordinal);
        Assert.NotEqual(1, lying.SpentOutput(0)!.Amount);
    }

    [Theory]
    [InlineData(Psbt.Version0)]
    [InlineData(Psbt.Version2)]
    public void Parse_PreviousTransactionOfAnotherOutpoint_IsRefused(int version)
    {
        var psbt = SamplePsbt.Of(new Random(1), version);
        var other = new PsbtField(PsbtInput.NonWitnessUtxo, SamplePsbt.Previous(new Random(5), 2).Serialize());

        Assert.IsType<PsbtReading.Malformed>(PsbtParser.Parse(psbt.WithInput(0, psbt.Inputs[0].With(other)).Serialize()));
    }

    [Theory]
    [InlineData("02")] // cut off
    [InlineData("00c00000c000")] // more than the root
    [InlineData("01c000")] // no sibling
    [InlineData("01c10001c000")] // an odd leaf version
    [InlineData("01c00002c00001c000")] // not depth first
    [InlineData("81c000")] // deeper than 128
    public void Parse_BrokenTree_IsRefused(string tree)
    {
        Assert.IsType<PsbtReading.Malformed>(PsbtParser.Parse(WithOutput(new PsbtField(PsbtOutput.TapTree, Convert.FromHexString(tree)))));
    }

    [Theory]
    [InlineData("00c000")]
    [InlineData("01c00001c000")]
    [InlineData("01c00002c00002c000")]
    [InlineData("02c00002c00001c000")]
    public void Parse_WholeTree_IsRead(string tree) =>
        Assert.IsType<PsbtReading.Read>(PsbtParser.Parse(WithOutput(new PsbtField(PsbtOutput.TapTree, Convert.FromHexString(tree)))));

    [Fact]
    public void Parse_TwoAmountsBeyondMoney_AreRefused()
    {
        var psbt = SamplePsbt.Of(new Random(1), Psbt.Version2);
        var amount = new PsbtField(PsbtOutput.Amount, BitConverter.GetBytes(Satoshi.Most + 1));

        Assert.IsType<PsbtReading.Malformed>(PsbtParser.Parse(psbt.WithOutput(0, psbt.Outputs[0].With(amount)).Serialize()));
    }

    [Theory]
    [InlineData(PsbtInput.Ripemd160, "9c1185a5c5e9fc54612808977ee8f548b2258d31")]
    [InlineData(PsbtInput.Hash160, "b472a266d0bd89c13706a4132ccfb16f7c3b9fcb")]
    [InlineData(PsbtInput.Sha256, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(PsbtInput.Hash256, "5df6e0e2761359d30a8275058e299fcc0381534545f55cf43e41983f5d4c9456")]
    public void Parse_Preimage_MustHashToItsKey(ulong type, string hashOfNothing)
    {
        var psbt = SamplePsbt.Of(new Random(1), Psbt.Version0);
        byte[] With(byte[] preimage) => psbt.WithInput(0, psbt.Inputs[0].With(new PsbtField(type, Convert.FromHexString(hashOfNothing), preimage))).Serialize();

        Assert.IsType<PsbtReading.Read>(PsbtParser.Parse(With([])));
        Assert.IsType<PsbtReading.Malformed>(PsbtParser.Parse(With([1])));
    }

    [Fact]
    public void ParseBase64_AnythingElse_IsRefused()
    {
        var text = SamplePsbt.Of(new Random(1), Psbt.Version0).ToBase64();

        Assert.IsType<PsbtReading.Read>(PsbtParser.ParseBase64(text));
        Assert.IsType<PsbtReading.Malformed>(PsbtParser.ParseBase64($"{text[..40]} {text[40..]}"));
        Assert.IsType<PsbtReading.Malformed>(PsbtParser.ParseBase64(text[1..]));
        Assert.IsType<PsbtReading.Malformed>(PsbtParser.ParseBase64(""));
    }

    private static Psbt Read(byte[] bytes) => Assert.IsType<PsbtReading.Read>(PsbtParser.Parse(bytes)).Psbt;

    private static byte[] WithOutput(PsbtField field)
    {
        var psbt = SamplePsbt.Of(new Random(1), Psbt.Version0);
        return psbt.WithOutput(0, psbt.Outputs[0].With(field)).Serialize();
    }
}
