using System.Collections.Immutable;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>One parameter of a function's method.</summary>
public class FunctionParameter
{
    /// <summary>A parameter with neither a default nor properties.</summary>
    public FunctionParameter(string name, Type type)
        : this(name, type, hasDefaultValue: false, defaultValue: null)
    {
    }

    /// <summary>A parameter with properties.</summary>
    public FunctionParameter(string name, Type type, IReadOnlyDictionary<string, object> properties)
        : this(name, type, hasDefaultValue: false, defaultValue: null, properties)
    {
    }

    /// <summary>A parameter with a default.</summary>
    public FunctionParameter(string name, Type type, bool hasDefaultValue, object? defaultValue)
        : this(name, type, hasDefaultValue, defaultValue, ImmutableDictionary<string, object>.Empty)
    {
    }

    /// <summary>A parameter with a default and properties.</summary>
    public FunctionParameter(string name, Type type, bool hasDefaultValue, object? defaultValue, IReadOnlyDictionary<string, object> properties)
    {
        Name = name;
        Type = type;
        HasDefaultValue = hasDefaultValue;
        DefaultValue = defaultValue;
        Properties = properties;
    }

    /// <summary>The parameter's name.</summary>
    public string Name { get; }

    /// <summary>The parameter's type.</summary>
    public Type Type { get; }

    /// <summary>True when the method declares a default.</summary>
    public bool HasDefaultValue { get; }

    /// <summary>The declared default.</summary>
    public object? DefaultValue { get; }

    /// <summary>What the host knows of the parameter; its binding's attribute is under <c>bindingAttribute</c>.</summary>
    public IReadOnlyDictionary<string, object> Properties { get; }
}
