using System.Text;
using System.Text.Json;
using Custody.Scenarios.Scripts;
using Custody.Testing;

namespace Custody.Scenarios;

/// <summary>A script that says something unknown is an error, never a pass.</summary>
public sealed class ScriptTests
{
    [Fact]
    public void Parse_KnownSteps_Reads() => Assert.Equal(2, Parse("""{ "do": "submit", "as": "w" }, { "status": "settled", "do": "await", "withdrawal": "w" }""").Steps.Count);

    [Theory]
    [InlineData("""{ "do": "submitt", "as": "w" }""")]
    [InlineData("""{ "do": "expectHappiness" }""")]
    [InlineData("""{ "as": "w" }""")]
    [InlineData("""{ "do": "submit" }""")]
    [InlineData("""{ "do": "submit", "as": null }""")]
    [InlineData("""{ "do": "submit", "as": "w", "expects": { "http": 401 } }""")]
    [InlineData("""{ "do": "submit", "as": "w", "expect": { "http": 401 } }""")]
    [InlineData("""{ "do": "submit", "as": "w", "expect": { "http": 401, "code": "signature-missing", "filed": "x" } }""")]
    [InlineData("""{ "do": "submit", "as": "w", "sign": { "forget": true } }""")]
    [InlineData("""{ "do": "submit", "as": "w", "as": "v" }""")]
    [InlineData("""{ "do": "await", "withdrawal": "w", "status": "setled" }""")]
    [InlineData("""{ "do": "await", "withdrawal": "w", "status": "held" }""")]
    [InlineData("""{ "do": "expectAlert", "code": "somebody-is-there" }""")]
    [InlineData("""{ "do": "expectAudit", "withdrawal": "w", "action": "refused", "code": "no-such-code" }""")]
    [InlineData("""{ "do": "expectAudit", "action": "refused" }""")]
    [InlineData("""{ "do": "expectChain" }""")]
    [InlineData("""{ "do": "node", "behaviour": "wrongChain" }""")]
    [InlineData("""{ "do": "node", "behaviour": "silent", "node": 2 }""")]
    [InlineData("""{ "do": "node", "behaviour": "silent", "node": 0 }""")]
    [InlineData("""{ "do": "vault", "behaviour": "signsOtherByte" }""")]
    [InlineData("""{ "do": "mine", "from": 2 }""")]
    [InlineData("""{ "do": "submit", "as": "w{{n}}", "each": 3, "from": 4 }""")]
    [InlineData("""{ "do": "durable", "action": "purgeAll", "instance": "x" }""")]
    [InlineData("""{ "do": "tamperBlob", "container": "facts", "blob": "x" }""")]
    public void Parse_AnythingUnknownOrMissing_Throws(string step) => Assert.Throws<JsonException>(() => Parse(step));

    [Theory]
    [InlineData("""{ "why": "", "steps": [{ "do": "mine" }] }""")]
    [InlineData("""{ "why": "x", "steps": [] }""")]
    [InlineData("""{ "why": "x", "steps": [{ "do": "mine" }], "skip": true }""")]
    [InlineData("""{ "why": "x", "steps": [{ "do": "mine" }], "nodes": 0 }""")]
    [InlineData("""{ "why": "x", "steps": [{ "do": "mine" }], "nodes": 6 }""")]
    public void Parse_ScriptWithoutPurposeOrStepsOrWithMore_Throws(string script) =>
        Assert.Throws<JsonException>(() => Script.Parse("x", Encoding.UTF8.GetBytes(script)));

    [Fact]
    public async Task Expand_UnknownVariable_Throws() => await Assert.ThrowsAsync<ScenarioException>(() =>
        Parse("""{ "do": "call", "who": "alice", "path": "withdrawals/{{nobody.id}}" }""").ExpandAsync(0, new NoVariables(), TestContext.Current.CancellationToken));

    [Fact]
    public void Names_OfThisFolder_BeginWithWhen() => Assert.All(ScriptFolder.Names(RepositoryRoot.Of("tests", "Scenarios")), name => Assert.StartsWith("when_", name, StringComparison.Ordinal));

    private static Script Parse(string steps) => Script.Parse("x", Encoding.UTF8.GetBytes($$"""{ "why": "x", "steps": [{{steps}}] }"""));

    private sealed class NoVariables : IVariables
    {
        public Task<string> ValueAsync(string name, CancellationToken cancellation) => throw new ScenarioException($"there is no variable '{name}'");
    }
}
