using Microsoft.Azure.Functions.Worker;

namespace Custody.LocalRuntime.Hosting.Invocation;

internal sealed class InvocationOutcomeResult<T>(InvocationOutcome outcome) : InvocationResult<T>
{
    public override T? Value
    {
        get => (T?)outcome.Value;
        set => outcome.Value = value;
    }
}
