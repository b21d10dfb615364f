using Custody.Testing.App;
using Xunit;

namespace Custody.Functions.Tests.Support;

/// <summary>What every refusal looks like: problem details with a stable code, and nothing of the inside.</summary>
internal static class Refusal
{
    public static void Is(ApiAnswer answer, int status, string code, string? field = null)
    {
        Assert.True(answer.Status == status && answer.Code == code, $"Expected {status} {code}: {answer.Status} {answer.Body}");
        Assert.Equal("application/problem+json", answer.MediaType);
        Assert.Equal(status, (int?)answer.Body["status"]);
        Assert.Equal($"urn:custody:refusal:{code}", (string?)answer.Body["type"]);
        Assert.False(string.IsNullOrWhiteSpace((string?)answer.Body["title"]));
        Assert.False(string.IsNullOrWhiteSpace((string?)answer.Body["detail"]));
        Assert.Equal(field, (string?)answer.Body["field"]);
        var text = answer.Body.ToJsonString();
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
    }
}
