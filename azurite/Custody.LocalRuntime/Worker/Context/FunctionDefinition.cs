using System.Collections.Immutable;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>A function as the host found it.</summary>
public abstract class FunctionDefinition
{
    /// <summary>The parameters in the method's order.</summary>
    public abstract ImmutableArray<FunctionParameter> Parameters { get; }

    /// <summary>The file that holds the method.</summary>
    public abstract string PathToAssembly { get; }

    /// <summary>The method's full name: namespace, class and method.</summary>
    public abstract string EntryPoint { get; }

    /// <summary>The function's id in this app.</summary>
    public abstract string Id { get; }

    /// <summary>The function's name.</summary>
    public abstract string Name { get; }

    /// <summary>The trigger and the other inputs, by parameter name.</summary>
    public abstract IImmutableDictionary<string, BindingMetadata> InputBindings { get; }

    /// <summary>The outputs, by name; the local host has none.</summary>
    public abstract IImmutableDictionary<string, BindingMetadata> OutputBindings { get; }
}
