using System.Reflection;
using NetArchTest.Rules;
using Xunit;

namespace Custody.Architecture.Tests;

/// <summary>References point one way (DESIGN, section 2).</summary>
public sealed class ReferenceTests
{
    [Fact]
    public void Core_UsesNothingOfOurs() => Assert.Empty(House.OursThatItUses(House.Core));

    [Theory]
    [InlineData("Custody.Chains")]
    [InlineData("Custody.Comparison")]
    [InlineData("Custody.Vaults")]
    [InlineData("Custody.Storage")]
    public void Library_UsesOnlyCore(string name) => Assert.Equal(["Custody.Core"], House.OursThatItUses(House.Libraries.Single(a => a.GetName().Name == name)));

    // The decoder that checks shares no code with the builder that it checks.
    [Fact]
    public void Comparison_NeverUsesChains_NorChainsComparison()
    {
        AssertHolds(Types.InAssembly(House.Comparison).ShouldNot().HaveDependencyOn("Custody.Chains").GetResult());
        AssertHolds(Types.InAssembly(House.Chains).ShouldNot().HaveDependencyOn("Custody.Comparison").GetResult());
    }

    [Fact]
    public void Libraries_NeverSeeTheHost()
    {
        foreach (var library in (Assembly[])[.. House.Libraries, House.Cli])
        {
            AssertHolds(Types.InAssembly(library).ShouldNot().HaveDependencyOnAny("Microsoft.Azure.Functions.Worker", "Microsoft.DurableTask", "Custody.LocalRuntime").GetResult());
            Assert.DoesNotContain("Custody.LocalRuntime", House.OursThatItUses(library));
        }
    }

    [Fact]
    public void Core_DoesNoInputOrOutput() => AssertHolds(Types.InAssembly(House.Core).ShouldNot()
        .HaveDependencyOnAny("System.Net.Http", "System.Net.Sockets", "System.IO.File", "System.IO.FileStream", "Azure").GetResult());

    private static void AssertHolds(NetArchTest.Rules.TestResult result) => Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
}
