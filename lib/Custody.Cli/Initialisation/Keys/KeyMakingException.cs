namespace Custody.Cli.Initialisation.Keys;

/// <summary>A key could not be made or found; the message says which and why.</summary>
internal sealed class KeyMakingException(string message) : Exception(message);
