using Custody.Chains.Bitcoin;

namespace Custody.Chains.Tests.Bitcoin;

/// <summary>The vectors of BIP-174, BIP-370 and BIP-371.</summary>
public sealed class PsbtVectorTests
{
    public static IEnumerable<TheoryDataRow<string, string>> Valid => Cases("valid");

    public static IEnumerable<TheoryDataRow<string, string>> Invalid => Cases("invalid");

    public static IEnumerable<TheoryDataRow<string, string>> FailsSignerChecks => Cases("failsSignerChecks");

    public static IEnumerable<TheoryDataRow<string, string, uint?>> LockTimes => VectorFile.Read("bip370.json").GetProperty("lockTimes").EnumerateArray()
        .Select(c => new TheoryDataRow<string, string, uint?>(c.Text("case"), c.Text("psbt"), c.GetProperty("lockTime").ValueKind == System.Text.Json.JsonValueKind.Null ? null : c.GetProperty("lockTime").GetUInt32()));

    [Theory]
    [MemberData(nameof(Valid))]
    public void Parse_Valid_SerialisesToTheSameBytes(string name, string psbt)
    {
        var reading = PsbtParser.ParseBase64(psbt);

        Assert.True(reading is PsbtReading.Read, $"{name}: {(reading as PsbtReading.Malformed)?.Reason}");
        Assert.Equal(psbt, Read(psbt).ToBase64());
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void Parse_Invalid_IsRefused(string name, string psbt) => Assert.True(PsbtParser.ParseBase64(psbt) is PsbtReading.Malformed, name);

    [Theory]
    [MemberData(nameof(FailsSignerChecks))]
    public void Problem_InputThatNoSignerMayTake_IsNamed(string name, string psbt)
    {
        var read = Read(psbt);

        Assert.True(Enumerable.Range(0, read.Inputs.Count).Any(i => PsbtSpending.Problem(read, i) is not null), name);
    }

    [Theory]
    [MemberData(nameof(LockTimes))]
    public void Transaction_LockTimes_AreDeterminedAsPublished(string name, string psbt, uint? lockTime)
    {
        Assert.NotEmpty(name);
        Assert.Equal(lockTime, Read(psbt).Transaction()?.LockTime);
    }

    [Fact]
    public void Create_Bip174Creator_IsThePublishedPsbt()
    {
        var transaction = Read(Flow("updated")).Transaction()!;

        Assert.Equal(Flow("created"), Psbt.Create(transaction, Psbt.Version0).ToBase64());
    }

    [Fact]
    public void With_Bip174UpdaterAddsSighashType_IsThePublishedPsbt()
    {
        var psbt = Read(Flow("updated"));
        for (var i = 0; i < psbt.Inputs.Count; i++)
        {
            // The specification's updater writes in the order of the types.
            var map = psbt.Inputs[i].With(new PsbtField(PsbtInput.SighashType, new byte[] { 1, 0, 0, 0 }));
            psbt = psbt.WithInput(i, new PsbtMap([.. map.Fields.OrderBy(f => f.Type)]));
        }

        Assert.Equal(Flow("withSighashAll"), psbt.ToBase64());
    }

    [Fact]
    public void Problem_Bip174UpdatedPsbt_HasNone()
    {
        var psbt = Read(Flow("withSighashAll"));

        Assert.All(Enumerable.Range(0, psbt.Inputs.Count), i => Assert.Null(PsbtSpending.Problem(psbt, i)));
    }

    [Theory]
    [InlineData("signedFirst", "signedSecond", "combined")]
    [InlineData("unknownFirst", "unknownSecond", "unknownCombined")]
    public void Combine_Bip174Combiner_IsThePublishedPsbt(string first, string second, string combined)
    {
        Assert.Equal(Fields(Read(Flow(combined))), Fields(PsbtCombiner.Combine(Read(Flow(first)), Read(Flow(second)))!));
        Assert.Equal(Fields(Read(Flow(combined))), Fields(PsbtCombiner.Combine(Read(Flow(second)), Read(Flow(first)))!));
    }

    [Fact]
    public void Combine_OtherTransaction_IsRefused() => Assert.Null(PsbtCombiner.Combine(Read(Flow("signedFirst")), Read(Flow("unknownFirst"))));

    [Fact]
    public void Extract_Bip174Extractor_IsThePublishedTransaction()
    {
        Assert.Equal(Flow("extracted"), Convert.ToHexStringLower(PsbtFinalizer.Extract(Read(Flow("finalized")))!.Serialize()));
        Assert.Null(PsbtFinalizer.Extract(Read(Flow("combined"))));
    }

    private static Psbt Read(string psbt) => Assert.IsType<PsbtReading.Read>(PsbtParser.ParseBase64(psbt)).Psbt;

    private static string Flow(string name) => VectorFile.Read("bip174.json").GetProperty("flow").Text(name);

    // The specification's own combiner keeps the global map's order in one example and sorts in the other.
    private static List<string> Fields(Psbt psbt) =>
        [.. psbt.Inputs.Concat(psbt.Outputs).Prepend(psbt.Global).SelectMany((map, i) => map.Fields.Select(f => $"{i} {f.Type:x} {Convert.ToHexString(f.KeyData.Span)} {Convert.ToHexString(f.Value.Span)}").Order(StringComparer.Ordinal))];

    private static IEnumerable<TheoryDataRow<string, string>> Cases(string kind) => new[] { "bip174.json", "bip370.json", "bip371.json" }
        .SelectMany(file => VectorFile.Read(file).TryGetProperty(kind, out var cases) ? cases.EnumerateArray().Select(c => new TheoryDataRow<string, string>($"{file} {c.Text("case")}", c.Text("psbt"))) : []);
}
