using System.Reflection;

namespace Custody.LocalRuntime.Hosting.Discovery;

/// <summary>
/// Where the host looks for functions. By default in the entry assembly and all that it references; a test registers a
/// list of its own as a service.
/// </summary>
public sealed class FunctionSources
{
    private FunctionSources(IReadOnlyList<Type> types) => Types = types;

    /// <summary>The classes that are searched.</summary>
    public IReadOnlyList<Type> Types { get; }

    /// <summary>These classes and no others.</summary>
    public static FunctionSources Of(params Type[] types) => new(types);

    /// <summary>Every class of the assembly, and of those it references, at any depth, that use the worker's types.</summary>
    public static FunctionSources From(Assembly entry) => new([.. FunctionAssemblies.Of(entry).SelectMany(assembly => assembly.GetTypes())]);
}
