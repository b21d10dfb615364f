namespace Microsoft.DurableTask.Client;

/// <summary>How an instance is purged.</summary>
/// <param name="Recursive">True to purge what it started too; nothing here starts anything.</param>
public record PurgeInstanceOptions(bool Recursive = false);
