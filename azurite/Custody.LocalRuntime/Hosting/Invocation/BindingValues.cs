using Microsoft.Azure.Functions.Worker;

namespace Custody.LocalRuntime.Hosting.Invocation;

internal sealed class BindingValues(IReadOnlyDictionary<string, object?> values) : BindingContext
{
    public static BindingValues None { get; } = new(new Dictionary<string, object?>());

    public override IReadOnlyDictionary<string, object?> BindingData { get; } = values;
}
