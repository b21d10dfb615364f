using Microsoft.Azure.Functions.Worker;

namespace Custody.LocalRuntime.Hosting.Invocation;

/// <summary>What an invocation returns: the function sets it, and middleware may replace it.</summary>
internal sealed class InvocationOutcome
{
    public object? Value { get; set; }

    public static InvocationOutcome Of(FunctionContext context) =>
        context.Features.Get<InvocationOutcome>() ?? throw new InvalidOperationException("The context is not of an invocation by this host.");
}
