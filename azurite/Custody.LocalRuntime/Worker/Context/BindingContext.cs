namespace Microsoft.Azure.Functions.Worker;

/// <summary>Values that came with the trigger: the route's values, or the instance's id.</summary>
public abstract class BindingContext
{
    /// <summary>The values by name, ignoring case.</summary>
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}
