using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Custody.Core.Encoding;
using Custody.Core.Journals;
using Custody.Core.Signatures;
using Custody.Testing.World;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace Custody.Core.Tests.Encoding;

public sealed class CanonicalJsonTests
{
    [Theory]
    // RFC 8785, section 3.2.3: members in the order of their UTF-16 code units, whatever their order in the input.
    [InlineData("""{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}""",
        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\",\"\ud83d\ude00\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}")]
    // RFC 8785, section 3.2.2: its example's strings and literals.
    [InlineData("""{"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}""",
        "{\"literals\":[null,true,false],\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}")]
    [InlineData("""[56,{"d":true,"10":null,"1":[]}]""", """[56,{"1":[],"10":null,"d":true}]""")]
    [InlineData("""{"a":"\u007f\u2028\u2029\u00ad<>&+'"}""", "{\"a\":\"\u007f\u2028\u2029\u00ad<>&+'\"}")]
    [InlineData("""{"a":"\b\f\n\r\t\u0000\u001f"}""", """{"a":"\b\f\n\r\t\u0000\u001f"}""")]
    [InlineData("""{"a":"\\u0041"}""", """{"a":"\\u0041"}""")]
    [InlineData("-0", "0")]
    [InlineData("9007199254740991", "9007199254740991")]
    [InlineData("-9007199254740991", "-9007199254740991")]
    public void Canonicalize_PublishedExamples_GiveTheirCanonicalForm(string json, string expected) =>
        Assert.Equal(expected, Encode(JsonNode.Parse(json)));

    [Theory]
    [InlineData("9007199254740992")]
    [InlineData("-9007199254740992")]
    [InlineData("1.5")]
    [InlineData("1e30")]
    [InlineData("1E2")]
    [InlineData("1.0")]
    public void Canonicalize_NumberThatIsNoSafeInteger_Throws(string number) =>
        Assert.Throws<JsonException>(() => CanonicalJson.Canonicalize(JsonNode.Parse(number)));

    [Theory]
    [InlineData("""{"keyId":"a","keyId":"b","algorithm":"ES256","publicKey":"x"}""")]
    [InlineData("""{"keyId":"a","algorithm":"ES256","publicKey":"x","more":1}""")]
    [InlineData("""{"keyId":"a","algorithm":"ES256"}""")]
    [InlineData("""{"keyId":null,"algorithm":"ES256","publicKey":"x"}""")]
    [InlineData("""{"keyId":"a","algorithm":1,"publicKey":"x"}""")]
    [InlineData("""{"keyId":"a","algorithm":"1","publicKey":"x"}""")]
    [InlineData("""{"keyId":"a","algorithm":"ES256, EdDSA","publicKey":"x"}""")]
    [InlineData("""{"KeyId":"a","algorithm":"ES256","publicKey":"x"}""")]
    [InlineData("""{"keyId":"\ud800","algorithm":"ES256","publicKey":"x"}""")]
    [InlineData("""{"keyId":"a","algorithm":"ES256","publicKey":"x"} {}""")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("")]
    public void DeserializeLoose_DuplicateUnknownMissingOrWrong_Throws(string json) =>
        Assert.Throws<JsonException>(() => CanonicalJson.DeserializeLoose<RegisteredKey>(System.Text.Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void DeserializeLoose_InvalidUtf8_Throws() =>
        Assert.Throws<JsonException>(() => CanonicalJson.DeserializeLoose<RegisteredKey>([.. "{\"keyId\":\""u8, 0xff, .. "\",\"algorithm\":\"ES256\",\"publicKey\":\"x\"}"u8]));

    [Theory]
    [InlineData("""{"keyId":"a","algorithm":"ES256","publicKey":"x"}""")]
    [InlineData("""{"algorithm":"ES256", "keyId":"a","publicKey":"x"}""")]
    [InlineData("""{"algorithm":"es256","keyId":"a","publicKey":"x"}""")]
    [InlineData("""{"algorithm":"ES256","keyId":"\u0061","publicKey":"x"}""")]
    public void Deserialize_NotTheCanonicalBytes_Throws(string json) =>
        Assert.Throws<JsonException>(() => CanonicalJson.Deserialize<RegisteredKey>(System.Text.Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Deserialize_NullableMemberAbsent_ReadsAndSpelledNullIsNotCanonical()
    {
        var absent = """{"destination":"","x":1}""";
        Assert.Throws<JsonException>(() => CanonicalJson.Deserialize<StopEntry>(System.Text.Encoding.UTF8.GetBytes(absent)));

        var line = StopLines.Of([])[0];
        var bytes = CanonicalJson.Serialize(line);
        Assert.Equal(bytes, CanonicalJson.Serialize(CanonicalJson.Deserialize<StopEntry>(bytes)));
        var spelled = System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(bytes).Replace("""{"at":""", """{"attempt":null,"at":""", StringComparison.Ordinal));
        Assert.Throws<JsonException>(() => CanonicalJson.Deserialize<StopEntry>(spelled));
    }

    [Fact]
    public void DeserializeLoose_NestedTooDeep_Throws() => Assert.Throws<JsonException>(
        () => CanonicalJson.DeserializeLoose<RegisteredKey>(System.Text.Encoding.UTF8.GetBytes("{\"keyId\":" + new string('[', 100) + new string(']', 100) + "}")));

    [Property]
    public Property Canonicalize_Twice_IsTheSame() => Prop.ForAll(Documents, node =>
    {
        var once = CanonicalJson.Canonicalize(node);
        return once.SequenceEqual(CanonicalJson.Canonicalize(JsonNode.Parse(once)));
    });

    [Property]
    public Property Canonicalize_MembersInAnotherOrder_IsTheSame() => Prop.ForAll(Documents, node =>
        CanonicalJson.Canonicalize(node).SequenceEqual(CanonicalJson.Canonicalize(Reversed(node))));

    private static Arbitrary<JsonObject> Documents => ArbMap.Default.ArbFor<(Dictionary<NonNull<string>, int> Numbers, Dictionary<NonNull<string>, NonNull<string>> Texts, int Depth)>()
        .Convert(
            seed =>
            {
                var node = new JsonObject();
                foreach (var (name, value) in seed.Numbers)
                {
                    node[WellFormed(name.Get)] = value;
                }

                foreach (var (name, value) in seed.Texts)
                {
                    node[WellFormed(name.Get)] = new JsonArray(WellFormed(value.Get), new JsonObject { [WellFormed(value.Get)] = null, ["z"] = true });
                }

                return node;
            },
            _ => (new Dictionary<NonNull<string>, int>(), new Dictionary<NonNull<string>, NonNull<string>>(), 0));

    // A lone surrogate has no UTF-8 form; the reader refuses it.
    private static string WellFormed(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));

    private static JsonNode? Reversed(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Reverse().Select(m => KeyValuePair.Create(m.Key, Reversed(m.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Reversed)]),
        _ => node?.DeepClone(),
    };

    private static string Encode(JsonNode? node) => System.Text.Encoding.UTF8.GetString(CanonicalJson.Canonicalize(node));
}
