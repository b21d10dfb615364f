namespace Microsoft.Azure.Functions.Worker;

/// <summary>Makes a method a function that the host finds and runs.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FunctionAttribute : Attribute
{
    /// <summary>Names the function; unique in the app, ignoring case.</summary>
    public FunctionAttribute(string name) => Name = name;

    /// <summary>The function's name.</summary>
    public string Name { get; }
}
