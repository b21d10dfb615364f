using Custody.Core.Callers;
using Custody.Functions.Http;
using Xunit;

namespace Custody.Architecture.Tests;

public sealed class ShapeTests
{
    // Each public enum whose zero is called otherwise, and why its default is still the one that refuses or warns.
    private static readonly Dictionary<string, string> OtherZeros = new(StringComparer.Ordinal)
    {
        ["AlertSeverity.P1"] = "an alert without severity is the most urgent",
        ["ApprovalOutcome.Waiting"] = "without an outcome nothing is approved",
        ["ChangeDirection.Weakens"] = "what nobody classified waits for the delay",
        ["CommitOutcome.Conflict"] = "without an outcome nothing was written",
        ["EllipticCurve.Other"] = "a curve that is not known signs nothing",
    };

    [Fact]
    public void PublicEnums_DefaultToAMemberThatRefuses()
    {
        var zeros = House.Libraries.SelectMany(a => a.GetExportedTypes()).Where(t => t.IsEnum)
            .Select(t => $"{t.Name}.{Enum.GetName(t, Enum.ToObject(t, 0)) ?? "nothing"}").ToList();

        Assert.NotEmpty(zeros);
        Assert.Equal(
            OtherZeros.Keys.Order(StringComparer.Ordinal),
            zeros.Where(z => z.Split('.')[1] is not ("Unknown" or "None" or "Unspecified")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Functions_HoldNoRule() => Assert.DoesNotContain(House.Functions.GetTypes(), t => t.Name.EndsWith("Rule", StringComparison.Ordinal));

    [Fact]
    public void HttpFunctions_EachDeclareTheirCallers()
    {
        var declared = new CallerDeclarations(House.Functions);

        Assert.Equal(CallerKind.Exchange, declared.Of("SubmitWithdrawal"));
        Assert.Equal(CallerKind.PublicHealth, declared.Of("Health"));
        Assert.Equal(CallerKind.None, declared.Of("no-such-function"));
    }
}
