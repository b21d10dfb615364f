using Custody.Core.Encoding;
using Custody.Core.Reading;
using Custody.Functions.Tests.Support;
using Xunit;

namespace Custody.Functions.Tests.Api;

/// <summary>One renderer: what the API serves for reading along is the page that an approver's device makes of the same bundle.</summary>
public sealed class ReadingTests(SharedSystem shared) : ApiTest(shared)
{
    [Fact]
    public async Task Reading_OfABundle_IsThePageThatTheDeviceShows()
    {
        var id = await AwaitingApprovalAsync();
        Assert.Equal(200, (await Api.VoteAsync(id, "bob")).Status);
        for (var tries = 1; ; tries++)
        {
            var now = TimeProvider.System.GetUtcNow();
            var before = await DevicePageAsync(id, now);
            var served = await Api.GetAsync($"api/v1/withdrawals/{id}/reading", "alice");
            Assert.Equal(200, served.Status);

            // Minutes are counted down: the page may be served on the other side of one.
            if (before != await DevicePageAsync(id, TimeProvider.System.GetUtcNow()) && tries < 5)
            {
                continue;
            }

            Assert.Equal(before, (string?)served.Body["text"]);
            Assert.Contains("bob (sg) approved", before, StringComparison.Ordinal);
            return;
        }
    }

    // As custody approve does: the bundle as the API gives it, verified against the pinned root, and rendered.
    private async Task<string> DevicePageAsync(string id, DateTimeOffset now)
    {
        var answer = await Api.GetAsync($"api/v1/withdrawals/{id}/bundle", "alice");
        Assert.Equal(200, answer.Status);
        var told = CanonicalJson.DeserializeLoose<ApprovalBundle>(global::System.Text.Encoding.UTF8.GetBytes(answer.Body.ToJsonString()));
        var reading = BundleVerifier.Verify(told, new BundleTerms(id, System.System.TrustRoot, null, "alice", "alice-1", Api.Signer("alice").KeyId), now);
        return IntentRenderer.Render(Assert.IsType<BundleReading.Verified>(reading).Bundle, now).ToString();
    }
}
