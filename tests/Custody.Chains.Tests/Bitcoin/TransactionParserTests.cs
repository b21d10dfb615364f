using Custody.Chains.Bitcoin;

namespace Custody.Chains.Tests.Bitcoin;

public sealed class TransactionParserTests
{
    private const string Id = "1111111111111111111111111111111111111111111111111111111111111111";
    private const string Input = Id + "00000000" + "00" + "ffffffff";
    private const string Output = "0100000000000000" + "00";

    [Theory]
    [InlineData("01000000" + "01" + Input + "01" + Output + "00000000")]
    [InlineData("01000000" + "0001" + "01" + Input + "01" + Output + "0101aa" + "00000000")]
    [InlineData("01000000" + "01" + Input + "00" + "00000000")]
    public void Parse_MinimalTransaction_SerialisesToItself(string hex)
    {
        var read = Assert.IsType<TransactionReading.Read>(TransactionParser.Parse(Convert.FromHexString(hex)));

        Assert.Equal(hex, Convert.ToHexStringLower(read.Transaction.Serialize()));
    }

    [Theory]
    [InlineData("the version ends", "010000")]
    [InlineData("followed by more bytes", "01000000" + "01" + Input + "01" + Output + "00000000" + "00")]
    [InlineData("not in its shortest form", "01000000" + "fd0100" + Input + "01" + Output + "00000000")]
    [InlineData("not in its shortest form", "01000000" + "01" + Id + "00000000" + "fd0000" + "ffffffff" + "01" + Output + "00000000")]
    [InlineData("not in its shortest form", "01000000" + "01" + Input + "fe01000000" + Output + "00000000")]
    [InlineData("not in its shortest form", "01000000" + "0001" + "01" + Input + "01" + Output + "fd0100" + "01aa" + "00000000")]
    [InlineData("more than the bytes can hold", "01000000" + "ff0000000001000000" + Input)]
    [InlineData("more than the bytes can hold", "01000000" + "fe00000010" + Input)]
    [InlineData("the flag after the marker", "01000000" + "0002" + "01" + Input + "01" + Output + "0101aa" + "00000000")]
    [InlineData("the flag after the marker", "01000000" + "00" + "00" + "00000000")]
    [InlineData("there are none", "01000000" + "0001" + "01" + Input + "01" + Output + "00" + "00000000")]
    [InlineData("there are none", "01000000" + "0001" + "00" + "01" + Output + "00000000")]
    [InlineData("ends too early", "01000000" + "0001" + "01" + Input + "01" + Output + "0101aa" + "000000")]
    public void Parse_WrongBytes_AreRefused(string reason, string hex)
    {
        var malformed = Assert.IsType<TransactionReading.Malformed>(TransactionParser.Parse(Convert.FromHexString(hex)));

        Assert.Contains(reason, malformed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_EveryPrefix_IsRefused()
    {
        var bytes = RandomTransaction.From(new Random(2)).Serialize();
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.IsType<TransactionReading.Malformed>(TransactionParser.Parse(bytes.AsMemory(0, length)));
        }
    }

    [Theory]
    [InlineData("01000000" + "00" + "00" + "00000000", 0)]
    [InlineData("01000000" + "00" + "01" + Output + "00000000", 1)]
    public void ParseWithoutWitness_NoInputs_IsRead(string hex, int outputs)
    {
        var read = Assert.IsType<TransactionReading.Read>(TransactionParser.ParseWithoutWitness(Convert.FromHexString(hex)));

        Assert.Equal((0, outputs), (read.Transaction.Inputs.Count, read.Transaction.Outputs.Count));
    }

    // Block 170's payment from Satoshi to Hal Finney.
    [Theory]
    [InlineData("0100000001c997a5e56e104102fa209c6a852dd90660a20b2d9c352423edce25857fcd3704000000004847304402204e45e16932b8af514961a1d3a1a25fdf3f4f7732e9d624c6c61548ab5fb8cd410220181522ec8eca07de4860a4acdd12909d831cc56cbbac4622082221a8768d1d0901ffffffff0200ca9a3b00000000434104ae1a62fe09c5f51b13905f07f06b99a2f7159b2225f374cd378d71302fa28414e7aab37397f554a7df5f142c21c1b7303b8a0626f1baded5c72a704f7e6cd84cac00286bee0000000043410411db93e1dcdb8a016b49840f8c53bc1eb68a382e97b1482ecad7b148a6909a5cb2e0eaddfb84ccf9744464f82e160bfa9b8b64f9d4c03f999b8643f656b412a3ac00000000", "f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16", 1100, 275)]
    public void Id_KnownTransaction_IsThePublishedOne(string hex, string id, int weight, int virtualSize)
    {
        var read = Assert.IsType<TransactionReading.Read>(TransactionParser.Parse(Convert.FromHexString(hex))).Transaction;

        Assert.Equal((id, id, weight, virtualSize), (read.Id.ToString(), read.WitnessId.ToString(), read.Weight, read.VirtualSize));
    }

    [Theory]
    [InlineData("f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16:0", true)]
    [InlineData("f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16:4294967295", true)]
    [InlineData("f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16:4294967296", false)]
    [InlineData("f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16:00", false)]
    [InlineData("f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16:-1", false)]
    [InlineData("f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16", false)]
    [InlineData("F4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16:0", false)]
    [InlineData("f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e1:0", false)]
    public void TryParse_Outpoint_HasOneText(string text, bool isOne)
    {
        Assert.Equal(isOne, Outpoint.TryParse(text, null, out var outpoint));
        Assert.Equal(isOne ? text : $"{new string('0', 64)}:0", outpoint.ToString());
    }
}
