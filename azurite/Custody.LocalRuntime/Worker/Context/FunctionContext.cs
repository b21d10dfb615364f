namespace Microsoft.Azure.Functions.Worker;

/// <summary>One invocation of a function.</summary>
public abstract class FunctionContext
{
    /// <summary>The invocation's id.</summary>
    public abstract string InvocationId { get; }

    /// <summary>The function's id.</summary>
    public abstract string FunctionId { get; }

    /// <summary>The trace that the invocation belongs to.</summary>
    public abstract TraceContext TraceContext { get; }

    /// <summary>Values that came with the trigger.</summary>
    public abstract BindingContext BindingContext { get; }

    /// <summary>The invocation's own scope of services.</summary>
    public abstract IServiceProvider InstanceServices { get; set; }

    /// <summary>The function that is invoked.</summary>
    public abstract FunctionDefinition FunctionDefinition { get; }

    /// <summary>What middleware hands on to later middleware and to the function.</summary>
    public abstract IDictionary<object, object> Items { get; set; }

    /// <summary>What the host's parts hand on.</summary>
    public abstract IInvocationFeatures Features { get; }

    /// <summary>Cancelled when the caller has gone, the time is over or the host stops.</summary>
    public virtual CancellationToken CancellationToken { get; }
}
