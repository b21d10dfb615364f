using Microsoft.Azure.Functions.Worker;
using Xunit;

namespace Custody.LocalRuntime.Tests.Surface;

public sealed class SurfaceTests
{
    private static readonly IReadOnlyList<Type> Types =
        [.. typeof(FunctionContext).Assembly.GetExportedTypes().Where(type => type.Namespace!.StartsWith("Microsoft.", StringComparison.Ordinal))];

    [Fact]
    public void PublicTypesInOfficialNamespaces_All_AreOfficial() => Assert.Empty(OfficialApi.Unofficial(Types));

    [Theory]
    [InlineData(typeof(FunctionAttribute))]
    [InlineData(typeof(HttpTriggerAttribute))]
    [InlineData(typeof(TimerTriggerAttribute))]
    [InlineData(typeof(DurableClientAttribute))]
    [InlineData(typeof(Microsoft.Azure.Functions.Worker.Builder.FunctionsApplicationBuilder))]
    [InlineData(typeof(Microsoft.Azure.Functions.Worker.Middleware.IFunctionsWorkerMiddleware))]
    public void PublicTypesInOfficialNamespaces_TypeThatAppsUse_IsCompared(Type type) => Assert.Contains(type, Types);

    [Fact]
    public void Unofficial_TypeThatIsNotListed_IsNamedWithItsMembers()
    {
        var found = OfficialApi.Unofficial([typeof(Microsoft.Azure.Functions.Worker.MadeUpTrigger)]);

        Assert.Equal(
            [
                "T:Microsoft.Azure.Functions.Worker.MadeUpTrigger : System.Attribute",
                "M:Microsoft.Azure.Functions.Worker.MadeUpTrigger.#ctor(System.String,System.Int32)",
                "M:Microsoft.Azure.Functions.Worker.MadeUpTrigger.Fire``1(System.Collections.Generic.List{``0},System.Nullable{System.Int32}@) -> System.Void virtual protected",
                "P:Microsoft.Azure.Functions.Worker.MadeUpTrigger.Name -> System.String { get; init; }",
                "F:Microsoft.Azure.Functions.Worker.MadeUpTrigger.Limit -> System.Int32 = 7",
            ],
            found);
    }
}
