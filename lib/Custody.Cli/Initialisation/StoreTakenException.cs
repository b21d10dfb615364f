namespace Custody.Cli.Initialisation;

/// <summary>The store was empty a moment ago and is not now.</summary>
internal sealed class StoreTakenException(string message) : Exception(message);
