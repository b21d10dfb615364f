using System.Text.Json;
using Custody.Core.Policy;
using Custody.Core.Results;
using Custody.Testing;
using Xunit;

namespace Custody.Core.Tests.Policy;

/// <summary>docs/policy.md says what the code does: each refusal, condition, verdict and scope has its line.</summary>
public sealed class PolicyPageTests
{
    private static readonly string Page = File.ReadAllText(RepositoryRoot.Of("docs", "policy.md"));

    [Fact]
    public void RefusalCodes_EachHasItsLine()
    {
        var missing = Enum.GetValues<RefusalCode>().Where(c => !Page.Contains($"| `{c.Text()}` | ", StringComparison.Ordinal)).Select(c => $"| `{c.Text()}` | … |").ToList();

        Assert.True(missing.Count == 0, $"docs/policy.md needs these lines:\n{string.Join('\n', missing)}");
    }

    [Fact]
    public void RefusalCodes_NoLineIsOfNone() => Assert.All(
        Page[Page.IndexOf("## Refusal codes", StringComparison.Ordinal)..].Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal)),
        l => Assert.NotNull(RefusalCodes.Find(l.Split('`')[1])));

    [Fact]
    public void RulesMembers_EachHasItsLine() => Assert.All(
        typeof(PolicyRule).GetProperties().Select(p => p.Name).Except(["Id", "EqualityContract"]),
        name => Assert.Contains($"`{JsonNamingPolicy.CamelCase.ConvertName(name)}", Page, StringComparison.Ordinal));

    [Fact]
    public void ApprovalsMembers_EachHasItsLine() => Assert.All(
        typeof(Quorum).GetProperties().Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name)).Except(["equalityContract"]),
        name => Assert.Contains(
            Page.Split('\n').Where(l => l.StartsWith("| `approvals.", StringComparison.Ordinal)),
            l => l.Contains($"`approvals.{name}`", StringComparison.Ordinal) || l.Split('|')[1].Contains($"`{name}`", StringComparison.Ordinal)));

    [Fact]
    public void LimitScopes_EachHasItsLine() => Assert.All(
        Enum.GetValues<LimitScope>().Where(s => s != LimitScope.Unknown),
        s => Assert.Contains($"| `{JsonNamingPolicy.CamelCase.ConvertName(s.ToString())}` | ", Page, StringComparison.Ordinal));
}
