using System.Text;
using System.Text.Json;

namespace Custody.Comparison.Tests;

public sealed class ComparisonCertificateTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    // The persisted shape of version 1: a change here breaks every stored certificate.
    private const string Golden =
        """{"attempt":1,"buildDigest":"bd","comparedAt":"2026-01-31T12:00:00Z","decoderVersion":"evm-transfer/2","intentDigest":"id","settingsDigest":"sd","signedDigest":"s","txid":"0x01","unsignedDigest":"u","verdicts":[{"actual":"1","expected":"1","field":"payments","matches":true}],"version":1,"withdrawalId":"wd-0001"}""";

    [Fact]
    public void Serialize_VersionOne_IsTheGoldenForm()
    {
        var match = new ComparisonResult.Match(
            [new Core.Transactions.FieldVerdict("payments", true, "1", "1")], "0x01", new ComparisonDigests("id", "u", "s"));
        var certificate = ComparisonCertificate.Of(TransactionComparisonTests.Input().Intent, match, "bd", "sd", At);
        Assert.Equal(Golden, Encoding.UTF8.GetString(certificate.Serialize()));
    }

    [Fact]
    public void Parse_RealCertificate_RoundTrips()
    {
        var input = TransactionComparisonTests.Input();
        var match = Assert.IsType<ComparisonResult.Match>(TransactionComparisonTests.Compare(input));
        var bytes = ComparisonCertificate.Of(input.Intent, match, "bd", "sd", At).Serialize();
        var parsed = ComparisonCertificate.Parse(bytes);
        Assert.Equal(bytes, parsed.Serialize());
        Assert.Equal(match.Verdicts, parsed.Verdicts);
    }

    [Fact]
    public void Parse_UnknownMember_Throws() =>
        Assert.Throws<JsonException>(() => ComparisonCertificate.Parse(Encoding.UTF8.GetBytes(Golden.Replace("\"version\"", "\"vers\"", StringComparison.Ordinal))));
}
