namespace Custody.Storage.Access;

/// <summary>What was to be stored is larger than the storage service takes. Nothing was written.</summary>
public sealed class StorageLimitException(string message) : InvalidOperationException(message);
