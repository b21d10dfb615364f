using Custody.Scenarios.Documents;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>A step that is one call of the API.</summary>
internal abstract record HttpStep : Step
{
    /// <summary>How the call token differs from a good one.</summary>
    public TokenOptions? Token { get; init; }

    /// <summary>What the answer must be.</summary>
    public HttpExpectation? Expect { get; init; }

    public override string? Problem() => Expect?.Problem();

    public override async Task RunAsync(World world, CancellationToken cancellation) => HttpExpectation.Check(Expect, await CallAsync(world, cancellation));

    protected abstract Task<Answer> CallAsync(World world, CancellationToken cancellation);
}
