using System.Text;
using Custody.Core.Assets;
using Custody.Core.Encoding;
using Custody.Core.Prices;
using Custody.Core.Signatures;
using Custody.Functions.Tests.Support;
using Xunit;

namespace Custody.Functions.Tests.Api;

/// <summary>POST /prices where governance names two sources: what goes too far for one of them is signed by both.</summary>
public sealed class PriceTests(SharedSystem shared) : ApiTest(shared)
{
    private readonly DateTimeOffset _start = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().AddMinutes(-1).ToUnixTimeSeconds());

    [Fact]
    public async Task Post_FromOneAndFromTwo_IsBelievedAsFarAsTheTermsSay()
    {
        Assert.Equal((409, "price-absurd"), await PostAsync(20_000, 1, "prices"));
        Assert.Equal((409, "price-absurd"), await PostAsync(20_000, 2, "prices", "prices"));
        Assert.Equal((409, "price-absurd"), await PostAsync(20_000, 3, "prices", "olivia"));
        Assert.Equal((200, null), await PostAsync(20_000, 4, "prices", "second"));
        Assert.Equal((200, null), await PostAsync(21_000, 5, "second"));
        Assert.Equal((409, "price-absurd"), await PostAsync(23_000, 6, "second"));
        Assert.Equal((200, null), await PostAsync(30_000, 7, "second", "prices"));
        Assert.Equal((200, null), await PostAsync(31_000, 8, "prices"));
        Assert.Equal((409, "price-absurd"), await PostAsync(20_000, 9, "prices"));
        Assert.True(await System.AlertsAsync("price-unusable", "eip155:31337/slip44:60") > 0);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"payload\":\"e30\"}")]
    [InlineData("{\"payload\":\"e30\",\"signatures\":[]}")]
    [InlineData("no price")]
    public async Task Post_Malformed_Is400(string body)
    {
        var answer = await Api.PostCompactAsync("api/v1/prices", "prices", body);

        Assert.Equal((400, "body-malformed"), (answer.Status, (string?)answer.Body["code"]));
    }

    private async Task<(int Status, string? Code)> PostAsync(int hkd, int seconds, params string[] signers)
    {
        var entry = new PriceEntry(1, AssetId.Parse("eip155:31337/slip44:60"), "HKD", hkd, 0, _start.AddSeconds(seconds));
        var signed = new List<SignedDocument>();
        foreach (var who in signers)
        {
            signed.Add(SignedDocument.FromCompact(await Jws.SignAsync(Api.Signer(who), DocumentType.Price, CanonicalJson.Serialize(entry), _start, detached: false, Cancellation))!);
        }

        var document = signed[0] with { Signatures = [.. signed.SelectMany(s => s.Signatures)] };
        var answer = await Api.PostCompactAsync("api/v1/prices", signers[0], signers.Length == 1 ? document.ToCompact() : Encoding.UTF8.GetString(document.ToBytes()));
        return (answer.Status, (string?)answer.Body["code"]);
    }
}
