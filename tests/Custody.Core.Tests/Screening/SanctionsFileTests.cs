using System.Globalization;
using System.Security.Cryptography;
using Custody.Core.Screening;
using Custody.Core.Screening.Files;
using Xunit;
using Text8 = System.Text.Encoding;

namespace Custody.Core.Tests.Screening;

/// <summary>The public forms of a list, read whole or not at all. The addresses are published ones.</summary>
public sealed class SanctionsFileTests
{
    private const string Bitcoin = "149w62rY42aZBox8fGcmqNsXUzSStKeq8C";
    private const string Ethereum = "0x901bb9583b24D97e995513C6778dc6888AB6870e";

    private const string Sdn = $"""
        <?xml version="1.0" standalone="yes"?>
        <sdnList xmlns="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML">
          <publshInformation><Publish_Date>01/31/2026</Publish_Date><Record_Count>3</Record_Count></publshInformation>
          <sdnEntry><uid>36</uid><lastName>AEROCARIBBEAN AIRLINES</lastName><sdnType>Entity</sdnType></sdnEntry>
          <sdnEntry>
            <uid>21386</uid><firstName>Yinyin</firstName><lastName>TIAN</lastName><sdnType>Individual</sdnType>
            <idList>
              <id><uid>1</uid><idType>Passport</idType><idNumber>A1</idNumber></id>
              <id><uid>2</uid><idType>Digital Currency Address - XBT</idType><idNumber>{Bitcoin}</idNumber></id>
              <id><uid>3</uid><idType>Digital Currency Address - ETH</idType><idNumber> {Ethereum} </idNumber></id>
              <id><uid>4</uid><idType>Digital Currency Address - USDT</idType><idNumber>{Ethereum}</idNumber></id>
            </idList>
          </sdnEntry>
        </sdnList>
        """;

    private const string Advanced = $"""
        <?xml version="1.0" encoding="utf-8"?>
        <Sanctions xmlns="http://www.un.org/sanctions/1.0" Version="1">
          <DateOfIssue CalendarTypeID="1"><Year>2026</Year><Month>1</Month><Day>31</Day></DateOfIssue>
          <ReferenceValueSets><FeatureTypeValues>
            <FeatureType ID="8" FeatureTypeGroupID="1">Birthdate</FeatureType>
            <FeatureType ID="344" FeatureTypeGroupID="1">Digital Currency Address - XBT</FeatureType>
            <FeatureType ID="345" FeatureTypeGroupID="1">Digital Currency Address - ETH</FeatureType>
          </FeatureTypeValues></ReferenceValueSets>
          <DistinctParties><DistinctParty FixedRef="21386"><Profile ID="21386" PartySubTypeID="4">
            <Identity ID="1"><Alias><DocumentedName><DocumentedNamePart><NamePartValue>TIAN</NamePartValue></DocumentedNamePart>
              <DocumentedNamePart><NamePartValue>Yinyin</NamePartValue></DocumentedNamePart></DocumentedName></Alias></Identity>
            <Feature ID="1" FeatureTypeID="8"><FeatureVersion ID="1"><VersionDetail>1 Jan 1980</VersionDetail></FeatureVersion></Feature>
            <Feature ID="2" FeatureTypeID="344"><FeatureVersion ID="2"><Comment /><VersionDetail DetailTypeID="1432">{Bitcoin}</VersionDetail></FeatureVersion></Feature>
            <Feature ID="3" FeatureTypeID="345"><FeatureVersion ID="3"><Comment /><VersionDetail DetailTypeID="1432">{Ethereum}</VersionDetail></FeatureVersion></Feature>
          </Profile></DistinctParty></DistinctParties>
        </Sanctions>
        """;

    private static readonly string Text = $"# An extract\n# source: ofac-sdn\n# published: 2026-01-31\n\n{Ethereum}\tETH\t21386\tTIAN Yinyin\n{Bitcoin}\n";

    private static readonly Dictionary<string, (string File, string Says)> Bad = new(StringComparer.Ordinal)
    {
        ["nothing"] = ("", "0 bytes"),
        ["no address"] = ("# source: ofac-sdn\n# published: 2026-01-31\n", "0 digital currency addresses"),
        ["a DTD"] = ("<!DOCTYPE sdnList [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><sdnList>&x;</sdnList>", "DTD"),
        ["entities that multiply"] = ("<!DOCTYPE a [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><a>&b;</a>", "DTD"),
        ["cut short"] = (Sdn[..(Sdn.Length / 2)], ""),
        ["another root"] = ("<list><sdnEntry/></list>", "root is 'list'"),
        ["no publication date"] = (Sdn.Replace("Publish_Date", "Other_Date", StringComparison.Ordinal), "Publish_Date"),
        ["a date that is none"] = (Sdn.Replace("01/31/2026", "31.1.2026", StringComparison.Ordinal), "Publish_Date"),
        ["an entry without uid"] = (Sdn.Replace("<uid>36</uid>", "", StringComparison.Ordinal), "uid"),
        ["an address without text"] = (Sdn.Replace(Bitcoin, " ", StringComparison.Ordinal), "21386"),
        ["an address of two words"] = (Sdn.Replace(Bitcoin, "149w62rY42 aZBox8fGc", StringComparison.Ordinal), "21386"),
        ["advanced without date"] = (Advanced.Replace("DateOfIssue", "DateOfOther", StringComparison.Ordinal), "DateOfIssue"),
        ["advanced with a month 13"] = (Advanced.Replace("<Month>1<", "<Month>13<", StringComparison.Ordinal), "DateOfIssue"),
        ["advanced without currency types"] = (Advanced.Replace("Digital Currency", "Physical", StringComparison.Ordinal), "no type of feature"),
        ["advanced without an address's text"] = (Advanced.Replace("VersionDetail", "VersionOther", StringComparison.Ordinal), "without its text"),
        ["text of another source"] = (Text.Replace("ofac-sdn", "somebody", StringComparison.Ordinal), "'somebody'"),
        ["text without source"] = (Text.Replace("# source", "# sauce", StringComparison.Ordinal), "source"),
        ["text without date"] = (Text.Replace("# published", "# printed", StringComparison.Ordinal), "published"),
        ["text with another date"] = (Text.Replace("2026-01-31", "yesterday", StringComparison.Ordinal), "published"),
        ["text with a long line"] = (Text + new string('a', 1025), "Line 7"),
    };

    public static TheoryData<string> BadNames => [.. Bad.Keys];

    [Theory]
    [InlineData(Sdn, 3)]
    [InlineData(Advanced, 2)]
    public void Read_OfacsXml_GivesEveryAddressWithItsParty(string xml, int count)
    {
        var list = Read(xml);

        Assert.Equal(count, list.Entries.Count);
        Assert.Contains(list.Entries, e => e is { Asset: "XBT", Entry: "21386", Address: Bitcoin });
        Assert.Contains(list.Entries, e => e.Asset == "ETH" && e.Address == Ethereum.ToLowerInvariant() && e.Name.Contains("TIAN", StringComparison.Ordinal));
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero), list.PublishedAt);
    }

    [Fact]
    public void Read_Text_GivesEveryAddress()
    {
        var list = Read(Text);

        Assert.Equal([new SanctionsEntry(Ethereum.ToLowerInvariant(), "ETH", "21386", "TIAN Yinyin"), new SanctionsEntry(Bitcoin, "unknown", "line-6", "")], list.Entries);
    }

    [Fact]
    public void Read_AnyForm_KeepsTheFilesDigestAndTheListIsWellFormed()
    {
        foreach (var text in new[] { Sdn, Advanced, Text })
        {
            var list = Read(text);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Text8.UTF8.GetBytes(text))), list.FileDigest);
            Assert.Equal(Text8.UTF8.GetByteCount(text), list.FileLength);
            Assert.NotNull(SanctionsListRule.Read(Core.Encoding.CanonicalJson.Serialize(list)));
        }
    }

    [Fact]
    public void Read_ByteOrderMark_IsPassedOver() => Assert.Equal(3, Read("\ufeff" + Sdn).Entries.Count);

    [Fact]
    public void Read_CurrencyNobodyKnowsYet_Counts() => Assert.Contains(
        Read(Sdn.Replace("- XBT", "- NEWCOIN", StringComparison.Ordinal)).Entries, e => e.Asset == "NEWCOIN");

    [Theory]
    [MemberData(nameof(BadNames))]
    public void Read_AnythingThatCannotBeReliedOn_GivesNothing(string what)
    {
        var (file, says) = Bad[what];
        using var stream = new MemoryStream(Text8.UTF8.GetBytes(file));

        var unusable = Assert.IsType<SanctionsFileReading.Unusable>(SanctionsFile.Read(stream, "ofac-sdn"));

        Assert.Contains(says, unusable.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TooManyAddresses_GivesNothing()
    {
        var lines = Enumerable.Range(0, SanctionsList.MaxEntries + 1).Select(i => i.ToString("x40", CultureInfo.InvariantCulture));
        using var stream = new MemoryStream(Text8.UTF8.GetBytes($"# source: ofac-sdn\n# published: 2026-01-31\n{string.Join('\n', lines)}\n"));

        Assert.IsType<SanctionsFileReading.Unusable>(SanctionsFile.Read(stream, "ofac-sdn"));
    }

    private static SanctionsList Read(string text)
    {
        using var stream = new MemoryStream(Text8.UTF8.GetBytes(text));
        return SanctionsFile.Read(stream, "ofac-sdn") is SanctionsFileReading.Read { List: var list } ? list : throw new InvalidOperationException("The file is unusable.");
    }
}
