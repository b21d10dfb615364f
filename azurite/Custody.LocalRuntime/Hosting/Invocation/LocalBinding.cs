using Microsoft.Azure.Functions.Worker;

namespace Custody.LocalRuntime.Hosting.Invocation;

internal sealed class LocalBinding(string name, string type) : BindingMetadata
{
    public override string Name { get; } = name;

    public override string Type { get; } = type;

    public override BindingDirection Direction => BindingDirection.In;
}
