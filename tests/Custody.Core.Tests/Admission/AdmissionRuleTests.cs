using System.Numerics;
using System.Text.Json.Nodes;
using Custody.Core.Admission;
using Custody.Core.Customers;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Admission;

/// <summary>validate → whitelist → policy over the world, one thing changed at a time; and each rule by itself.</summary>
public sealed class AdmissionRuleTests
{
    private static readonly CustodyWorld World = CustodyWorld.Default;

    private static readonly Dictionary<string, (string Stage, RefusalCode Code, AdmissionFacts Facts)> Refusals = new(StringComparer.Ordinal)
    {
        ["malformed"] = ("validate", RefusalCode.BodyMalformed, World.AdmissionFacts with { Body = "{"u8.ToArray() }),
        ["no signature"] = ("validate", RefusalCode.SignatureMissing, World.AdmissionFacts with { Signature = null }),
        ["empty signature"] = ("validate", RefusalCode.SignatureMissing, World.AdmissionFacts with { Signature = "" }),
        ["garbage signature"] = ("validate", RefusalCode.SignatureMalformed, World.AdmissionFacts with { Signature = "a.b.c" }),
        ["attached signature"] = ("validate", RefusalCode.SignatureMalformed, World.AdmissionFacts with { Signature = People.Exchange.SignBytes(DocumentType.Request, World.Body, World.Now) }),
        ["another client's signature"] = ("validate", RefusalCode.SignatureKeyUnknown, Signed(People.OtherExchange)),
        ["an approver's signature"] = ("validate", RefusalCode.SignatureKeyUnknown, Signed(People.Ann)),
        ["one byte more"] = ("validate", RefusalCode.SignatureInvalid, World.AdmissionFacts with { Body = (byte[])[.. World.Body, (byte)' '] }),
        ["signed in the future"] = ("validate", RefusalCode.SignatureExpired, World.AdmissionFacts with { Signature = People.Exchange.SignBytes(DocumentType.Request, World.Body, World.Now.AddMinutes(2), detached: true) }),
        ["expired by the host"] = ("validate", RefusalCode.RequestExpired, World.AdmissionFacts with { Now = World.Request.ExpiresAt }),
        ["expired by the chain"] = ("validate", RefusalCode.RequestExpired, World.AdmissionFacts with { ChainTime = World.Request.ExpiresAt }),
        ["no customer"] = ("validate", RefusalCode.CustomerUnknown, World.AdmissionFacts with { Customer = null }),
        ["another customer"] = ("validate", RefusalCode.CustomerUnknown, (World with { Customer = World.Customer with { CustomerId = "customer-8" } }).AdmissionFacts),
        ["another client's customer"] = ("validate", RefusalCode.CustomerUnknown, (World with { Customer = World.Customer with { ClientId = "exchange-b" } }).AdmissionFacts),
        ["customer of no class"] = ("validate", RefusalCode.CustomerUnknown, (World with { Customer = World.Customer with { Class = CustomerClass.Unknown } }).AdmissionFacts),
        ["customer of version 2"] = ("validate", RefusalCode.CustomerUnknown, (World with { Customer = World.Customer with { Version = 2 } }).AdmissionFacts),
        ["customer malformed"] = ("validate", RefusalCode.CustomerUnknown, World.AdmissionFacts with { Customer = SignedDocument.Of("[]"u8, []) }),
        ["customer signed by an approver"] = ("validate", RefusalCode.CustomerUnknown, World.AdmissionFacts with { Customer = Signing.Document(DocumentType.Customer, World.Customer, World.Now, People.Ann) }),
        ["no entry"] = ("whitelist", RefusalCode.WhitelistEntryUnknown, World.AdmissionFacts with { Entry = null }),
        ["entry malformed"] = ("whitelist", RefusalCode.WhitelistEntryUnsigned, World.AdmissionFacts with { Entry = SignedDocument.Of("[]"u8, []) }),
        ["entry of version 2"] = ("whitelist", RefusalCode.WhitelistEntryUnknown, Entry(World with { Entry = World.Entry with { Version = 2 } })),
        ["another entry under the id"] = ("whitelist", RefusalCode.WhitelistEntryUnknown, Entry(World with { Entry = World.Entry with { EntryId = "entry-2" } })),
        ["entry signed by one approver"] = ("whitelist", RefusalCode.WhitelistEntryUnsigned, EntrySigned(People.Exchange, People.Ann)),
        ["entry signed by one approver twice"] = ("whitelist", RefusalCode.WhitelistEntryUnsigned, EntrySigned(People.Exchange, People.Ann, People.Ann)),
        ["entry without client"] = ("whitelist", RefusalCode.WhitelistEntryUnsigned, EntrySigned(People.Ann, People.Bob, People.Cat)),
        ["entry with another client's signature"] = ("whitelist", RefusalCode.WhitelistEntryUnsigned, EntrySigned(People.OtherExchange, People.Ann, People.Bob)),
        ["entry signed by operators"] = ("whitelist", RefusalCode.WhitelistEntryUnsigned, EntrySigned(People.Exchange, People.Olga, People.Omar)),
        ["another client's entry"] = ("whitelist", RefusalCode.WhitelistOtherClient, Entry(Foreign)),
        ["another customer's entry"] = ("whitelist", RefusalCode.WhitelistOtherCustomer, Entry(World with { Entry = World.Entry with { CustomerId = "customer-8" } })),
        ["entry of another chain"] = ("whitelist", RefusalCode.WhitelistOtherChain, Entry(World with { Entry = World.Entry with { Chain = Core.Assets.ChainId.Parse("eip155:1") } })),
        ["never activated"] = ("whitelist", RefusalCode.WhitelistEntryInactive, World.AdmissionFacts with { Stops = StopLines.Fold([World.InForce]) }),
        ["activated as something else"] = ("whitelist", RefusalCode.WhitelistEntryInactive, World.AdmissionFacts with { Stops = StopLines.Fold([World.InForce, World.Activated with { Digest = "other" }]) }),
        ["tombstoned"] = ("whitelist", RefusalCode.WhitelistEntryInactive, World.AdmissionFacts with { Stops = StopLines.Fold([World.InForce, World.Activated, Tombstone]) }),
        ["tombstoned and activated again"] = ("whitelist", RefusalCode.WhitelistEntryInactive, World.AdmissionFacts with { Stops = StopLines.Fold([World.InForce, Tombstone, World.Activated]) }),
        ["cooling off by the host"] = ("whitelist", RefusalCode.WhitelistCoolingOff, World.AdmissionFacts with { Now = Usable.AddSeconds(-1), ChainTime = Usable, Body = Early.Body, Signature = Early.BodySignature }),
        ["cooling off by the chain"] = ("whitelist", RefusalCode.WhitelistCoolingOff, World.AdmissionFacts with { ChainTime = Usable.AddSeconds(-1) }),
        ["no chain time"] = ("whitelist", RefusalCode.WhitelistCoolingOff, World.AdmissionFacts with { ChainTime = null }),
        ["another destination"] = ("whitelist", RefusalCode.DestinationMismatch, (World with { Request = World.Request with { Destination = People.WarmKey.Address.ToString() } }).AdmissionFacts),
        ["a destination that is none"] = ("whitelist", RefusalCode.DestinationMismatch, (World with { Request = World.Request with { Destination = "" } }).AdmissionFacts),
        ["to our own vault"] = ("whitelist", RefusalCode.DestinationForbidden, Entry(To(People.WarmKey.Address.ToString()))),
        ["to nobody"] = ("whitelist", RefusalCode.DestinationForbidden, Entry(To("0x0000000000000000000000000000000000000000"))),
        ["to a precompile"] = ("whitelist", RefusalCode.DestinationForbidden, Entry(To("0x0000000000000000000000000000000000000001"))),
        ["to the last reserved address"] = ("whitelist", RefusalCode.DestinationForbidden, Entry(To(Core.Assets.EvmAddress.Parse("0x000000000000000000000000000000000000ffff").ToString()))),
        ["to a token's contract"] = ("whitelist", RefusalCode.DestinationForbidden, Entry(To(SampleToken.Contract) with { Governance = SampleToken.Document })),
        ["a token that is not registered"] = ("policy", RefusalCode.AssetUnknown, (World with { Request = SampleToken.World.Request }).AdmissionFacts),
        ["a token under another name"] = ("policy", RefusalCode.AssetUnknown, (SampleToken.World with { Request = SampleToken.World.Request with { Asset = Core.Assets.AssetId.Parse(SampleToken.Asset.ToString().ToLowerInvariant()) } }).AdmissionFacts),
        ["to an address without checksum"] = ("whitelist", RefusalCode.AddressInvalid, Entry(To(CustodyWorld.Destination.ToLowerInvariant()))),
        ["with a memo that the chain cannot carry"] = ("whitelist", RefusalCode.DestinationForbidden, Entry(World with { Entry = World.Entry with { Memo = "12345" } })),
        ["asset unknown"] = ("policy", RefusalCode.AssetUnknown, (World with { Request = World.Request with { Asset = Core.Assets.AssetId.Parse("eip155:31337/slip44:61") } }).AdmissionFacts),
        ["no rule"] = ("policy", RefusalCode.PolicyNoMatch, (World with { Governance = World.Governance with { Rules = [] } }).AdmissionFacts),
        ["rules for other clients"] = ("policy", RefusalCode.PolicyNoMatch, (World with { Governance = World.Governance with { Rules = [World.Governance.Rules[0] with { Clients = ["exchange-b"] }] } }).AdmissionFacts),
        ["above the rule's limit, though a laxer one follows"] = ("policy", RefusalCode.AmountAboveLimit, (World with { Request = World.Request with { Amount = (10 * SampleGovernance.OneEther) + 1 }, Governance = World.Governance with { Rules = [World.Governance.Rules[0], World.Governance.Rules[1] with { CustomerClasses = null }] } }).AdmissionFacts),
        ["no fee allowed by the request"] = ("policy", RefusalCode.FeeAboveEnvelope, (World with { Request = World.Request with { MaxFee = 0 } }).AdmissionFacts),
        ["too small for any fee"] = ("policy", RefusalCode.FeeAboveEnvelope, (World with { Request = World.Request with { Amount = 99 } }).AdmissionFacts),
    };

    public static TheoryData<string> RefusalNames => [.. Refusals.Keys];

    private static DateTimeOffset Usable => StopLines.At(World.Activated).AddSeconds(World.Governance.Whitelist.CoolingOffSeconds);

    private static StopFact Tombstone => new(StopKind.EntryTombstoned, "entry-1", "lost");

    private static CustodyWorld Early => World with { Request = World.Request with { IssuedAt = Usable.AddHours(-1), ExpiresAt = Usable.AddHours(1) } };

    private static CustodyWorld Foreign => World with
    {
        Entry = World.Entry with { ClientId = "exchange-b" },
        EntryDocument = Signing.Document(DocumentType.WhitelistEntry, World.Entry with { ClientId = "exchange-b" }, World.Now.AddDays(-10), People.OtherExchange, People.Ann, People.Bob),
    };

    [Fact]
    public void Evaluate_TheWholeWorld_IsAdmitted()
    {
        var reading = AdmissionRule.Evaluate(World.AdmissionFacts);

        Assert.True(reading.Verdict.IsAllowed, reading.Verdict.Detail);
        Assert.Equal(("policy", "retail", "exchange-key-1"), (reading.Stage, reading.Admitted!.Rule.Id, reading.Admitted.InitiatorKeyId));
        Assert.Equal(AdmissionRule.DigestOf(World.Body), reading.Admitted.RequestDigest);
    }

    [Theory]
    [MemberData(nameof(RefusalNames))]
    public void Evaluate_OneThingChanged_ThatStageRefuses(string what)
    {
        var (stage, code, facts) = Refusals[what];

        var reading = AdmissionRule.Evaluate(facts);

        Assert.Equal((stage, code, false), (reading.Stage, reading.Verdict.Code, reading.Verdict.IsAllowed));
        Assert.Null(reading.Admitted);
        Assert.NotEmpty(reading.Verdict.Detail);
    }

    [Fact]
    public void Evaluate_AtTheVeryEndOfTheCoolingOff_IsAdmitted() => Assert.True(AdmissionRule.Evaluate(
        World.AdmissionFacts with
        {
            Now = Usable,
            ChainTime = Usable,
            At = Usable,
            Body = Early.Body,
            Signature = Early.BodySignature,
            Prices = (World with { Prices = [CustodyWorld.Price(2_500_00, Usable)] }).PriceDocuments,
        }).Verdict.IsAllowed);

    [Theory]
    [InlineData(CustodyWorld.Destination)]
    [InlineData("0x70997970c51812dc3a010c7d01b50e0d17dc79c8")]
    public void Evaluate_DestinationThatIsTheEntrys_IsAdmitted(string destination) =>
        Assert.True(AdmissionRule.Evaluate((World with { Request = World.Request with { Destination = destination } }).AdmissionFacts).Verdict.IsAllowed);

    [Theory]
    // The absolute cap is 0.01 ether and the share is one percent of the amount: the smallest wins.
    [InlineData("2000000000000000000", null, "10000000000000000")]
    [InlineData("500000000000000000", null, "5000000000000000")]
    [InlineData("2000000000000000000", "7", "7")]
    [InlineData("2000000000000000000", "20000000000000000", "10000000000000000")]
    public void Evaluate_FeeEnvelope_IsTheSmallestCap(string amount, string? maxFee, string expected)
    {
        var request = World.Request with { Amount = BigInteger.Parse(amount), MaxFee = maxFee is null ? null : BigInteger.Parse(maxFee) };

        Assert.Equal(BigInteger.Parse(expected), AdmissionRule.Evaluate((World with { Request = request }).AdmissionFacts).Admitted!.Fee.MaxTotal);
    }

    [Theory]
    [InlineData("clientId", "\"\"")]
    [InlineData("clientId", "\"a/b\"")]
    [InlineData("clientId", "1")]
    [InlineData("clientId", "null")]
    [InlineData("customerId", "\"a b\"")]
    [InlineData("requestId", "\"é\"")]
    [InlineData("whitelistEntryId", "\"\"")]
    [InlineData("asset", "\"ETH\"")]
    [InlineData("asset", "null")]
    [InlineData("amount", "1")]
    [InlineData("amount", "\"-1\"")]
    [InlineData("amount", "\"01\"")]
    [InlineData("amount", "\"1.5\"")]
    [InlineData("amount", "null")]
    [InlineData("issuedAt", "\"yesterday\"")]
    [InlineData("expiresAt", "1769860800")]
    [InlineData("expiresAt", "\"2026-01-31T11:00:00Z\"")]
    [InlineData("expiresAt", "\"2026-02-07T11:00:01Z\"")]
    [InlineData("maxFee", "\"-1\"")]
    [InlineData("destination", "5")]
    public void RequestReader_FieldMalformed_IsNamed(string field, string json)
    {
        var body = JsonNode.Parse(World.Body)!.AsObject();
        body[field] = JsonNode.Parse(json);

        var invalid = Assert.IsType<RequestReading.Invalid>(RequestReader.Read(System.Text.Encoding.UTF8.GetBytes(body.ToJsonString())));

        Assert.Equal((RefusalCode.FieldInvalid, field), (invalid.Code, invalid.Field));
    }

    [Theory]
    [InlineData("clientId")]
    [InlineData("customerId")]
    [InlineData("requestId")]
    [InlineData("asset")]
    [InlineData("amount")]
    [InlineData("whitelistEntryId")]
    [InlineData("issuedAt")]
    [InlineData("expiresAt")]
    public void RequestReader_FieldMissing_IsRefused(string field)
    {
        var body = JsonNode.Parse(World.Body)!.AsObject();
        body.Remove(field);

        var invalid = Assert.IsType<RequestReading.Invalid>(RequestReader.Read(System.Text.Encoding.UTF8.GetBytes(body.ToJsonString())));

        Assert.Contains(field, invalid.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"amount\":\"0\"", RefusalCode.AmountZero)]
    [InlineData("\"amount\":\"1\",\"amount\":\"2\"", null)]
    [InlineData("\"amount\":\"1\",\"extra\":1", null)]
    public void RequestReader_ZeroDuplicateOrUnknown_IsRefused(string amount, RefusalCode? code)
    {
        var body = System.Text.Encoding.UTF8.GetString(World.Body).Replace("\"amount\":\"2000000000000000000\"", amount, StringComparison.Ordinal);

        var invalid = Assert.IsType<RequestReading.Invalid>(RequestReader.Read(System.Text.Encoding.UTF8.GetBytes(body)));

        Assert.True(code is null || code == invalid.Code);
    }

    [Fact]
    public void RequestReader_SevenDays_IsTheLongestLife() => Assert.IsType<RequestReading.Read>(
        RequestReader.Read((World with { Request = World.Request with { ExpiresAt = World.Request.IssuedAt.AddDays(7) } }).Body));

    private static CustodyWorld To(string address) => World with { Entry = World.Entry with { Address = address } };

    private static AdmissionFacts Signed(SoftwareKey key) => World.AdmissionFacts with { Signature = key.SignBytes(DocumentType.Request, World.Body, World.Now, detached: true) };

    private static AdmissionFacts Entry(CustodyWorld world) => world.AdmissionFacts;

    private static AdmissionFacts EntrySigned(params SoftwareKey[] keys) =>
        World.AdmissionFacts with { Entry = Signing.Document(DocumentType.WhitelistEntry, World.Entry, World.Now, keys) };
}
