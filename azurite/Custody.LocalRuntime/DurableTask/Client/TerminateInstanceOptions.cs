namespace Microsoft.DurableTask.Client;

/// <summary>How an instance is terminated.</summary>
/// <param name="Output">The output that it ends with.</param>
/// <param name="Recursive">True to terminate what it started too; nothing here starts anything.</param>
public record TerminateInstanceOptions(object? Output = null, bool Recursive = false);
