using Microsoft.Azure.Functions.Worker;

namespace Custody.LocalRuntime.Hosting.Invocation;

internal sealed class InvocationOutcomeResult(InvocationOutcome outcome) : InvocationResult
{
    public override object? Value
    {
        get => outcome.Value;
        set => outcome.Value = value;
    }
}
