namespace Microsoft.Azure.Functions.Worker;

/// <summary>One binding of a function.</summary>
public abstract class BindingMetadata
{
    /// <summary>The parameter's name.</summary>
    public abstract string Name { get; }

    /// <summary>The kind of binding, such as <c>httpTrigger</c>.</summary>
    public abstract string Type { get; }

    /// <summary>Which way the data goes.</summary>
    public abstract BindingDirection Direction { get; }
}
